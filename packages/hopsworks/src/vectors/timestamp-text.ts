import { bigintOf } from '../int64.ts'

const [dash, colon, dot, letterT, space, zero] = [0x2d, 0x3a, 0x2e, 0x54, 0x20, 0x30]
const secondsLength = 'YYYY-MM-DD HH:MM:SS'.length

/**
 * A `YYYY-MM-DD HH:MM:SS[.ffffff]` of the vector server in microseconds UTC; undefined when it is none. Read by its
 * characters: a batch holds hundreds, and a pattern costs ten times as much.
 */
export function parseTimestamp(text: string): bigint | undefined {
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)]
  const [hour, minute, second] = [digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)]
  const between = text.charCodeAt(10)
  const separated =
    text.charCodeAt(4) === dash &&
    text.charCodeAt(7) === dash &&
    (between === space || between === letterT) &&
    text.charCodeAt(13) === colon &&
    text.charCodeAt(16) === colon
  const inRange = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60
  if (!separated || !inRange || Number.isNaN(year)) return undefined
  const seconds = epochDay(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
  const micros = bigintOf(seconds * 1e6) // exact, as a multiple of a million that is less than 2^53 × 64
  const end = text.endsWith('Z') ? text.length - 1 : text.length
  if (end === secondsLength) return micros
  const places = Math.min(end - secondsLength - 1, 6)
  const fraction = text.charCodeAt(secondsLength) === dot ? digits(text, secondsLength + 1, places) : Number.NaN
  return places < 1 || Number.isNaN(fraction) ? undefined : micros + bigintOf(fraction * 10 ** (6 - places))
}

/** Days since 1970 in the Gregorian calendar, whose cycle of 400 years has 146,097 days; a year begins in March here. */
function epochDay(year: number, month: number, day: number): number {
  const years = month < 3 ? year - 1 : year
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return years * 365 + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) + ofYear - 719_468
}

/** A number of so many digits; NaN where a character is none. */
function digits(text: string, from: number, count: number): number {
  let number = 0
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - zero
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

/** Microseconds UTC as the vector server spells them: for a timestamp among the passed features. */
export function timestampText(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, 19).replace('T', ' ')
  return fraction === 0n ? seconds : `${seconds}.${String(fraction).padStart(6, '0')}`
}
