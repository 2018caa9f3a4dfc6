const zero = 48

/** The number that `count` digits (0 to 9) of a text make; NaN where a character is none of them, or there are too few. */
export const digitsAt = (text: string, from: number, count: number): number => {
  let number = 0
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - zero
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}
