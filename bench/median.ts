/** The middle one; of an even number the upper middle. */
export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

/** The number that a share of all numbers does not exceed. */
export const quantile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? Number.NaN
