import { numberOf } from './int64.ts'

/** x ÷ by rounded down; `by` is positive. */
export const floorDivided = (x: bigint, by: bigint): bigint => {
  const quotient = x / by
  return x < 0n && quotient * by !== x ? quotient - 1n : quotient
}

/**
 * The same for quotients that a double holds, of 64 bits. Most instants are safe integers; then it takes a fifth of the time. Rounding
 * can lift a quotient to the next integer, never below its own.
 */
export const floorDividedToNumber = (x: bigint, by: number): number => {
  const double = numberOf(x)
  if (!Number.isSafeInteger(double)) return Number(floorDivided(x, BigInt(by)))
  const quotient = Math.floor(double / by)
  return quotient * by > double ? quotient - 1 : quotient
}
