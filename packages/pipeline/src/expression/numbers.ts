import type { Type } from '../value.ts'
import type { Given } from './compiled.ts'
import { decimalToDouble, fitsDecimal, rescaled } from './decimal.ts'
import { fitsInt, fitsLong } from './fit.ts'

/** Numbers of a type as doubles; the nearest, where a long or a decimal has more digits. */
export const asDouble = ({ type, scale = 0 }: Type): ((x: Given) => number) =>
  type === 'decimal' ? (x) => decimalToDouble(BigInt(x), scale) : Number

/** Whole numbers and decimals as units of a scale that is not below their own. */
export const asUnits = ({ type, scale = 0 }: Type, to: number): ((x: Given) => bigint) =>
  type === 'decimal' && scale !== to
    ? (x) => rescaled(BigInt(x), scale, to)
    : to === 0 || type === 'decimal'
      ? BigInt
      : (x) => rescaled(BigInt(x), 0, to)

/** Results that do not fit their kind are null; a double is finite and knows no −0. */
export const intOrNull = (x: number): number | null => (fitsInt(x) ? x + 0 : null)
export const longOrNull = (x: bigint): bigint | null => (fitsLong(x) ? x : null)
export const decimalOrNull = (x: bigint): bigint | null => (fitsDecimal(x) ? x : null)
export const doubleOrNull = (x: number): number | null => (Number.isFinite(x) ? x + 0 : null)

/** A number of one type as one of a type that is at least as wide; null if it has too many digits for a decimal. */
export const widened = (from: Type, to: Type): ((x: Given) => number | bigint | null) => {
  if (to.type === 'int') return Number
  if (to.type === 'long') return BigInt
  if (to.type === 'double') return asDouble(from)
  const units = asUnits(from, to.scale ?? 0)
  return (x) => decimalOrNull(units(x))
}
