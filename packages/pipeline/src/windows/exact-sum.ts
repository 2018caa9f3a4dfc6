/** A sum of whole numbers: a number as long as that is exact, then a bigint. */
export type ExactSum = number | bigint

export const plus = (a: ExactSum, b: ExactSum): ExactSum => {
  if (typeof a === 'number' && typeof b === 'number') {
    const total = a + b
    if (Number.isSafeInteger(total)) return total
  }
  return BigInt(a) + BigInt(b)
}

export const minus = (a: ExactSum, b: ExactSum): ExactSum =>
  typeof a === 'number' && typeof b === 'number' ? plus(a, -b) : BigInt(a) - BigInt(b)
