import type { Column, ColumnOptions } from '../columns.ts'
import { typeOfColumn } from '../columns.ts'
import { decimalToDouble, formatDecimal, parseDecimal, unitsOf } from '../expression/decimal.ts'
import { fitsInt, fitsLong } from '../expression/fit.ts'
import { digitsAt } from './digits-at.ts'
import type { Read, Reader } from './read-value.ts'
import { shown, wrongType } from './refusal.ts'

const outOfBounds = (detail: string): Read => ({ reason: 'out-of-bounds', detail })

const bounded = (value: number | bigint, { min, max, oneOf }: ColumnOptions): Read => {
  if (min !== undefined && value < min) return outOfBounds(`${value} is below ${min}`)
  if (max !== undefined && value > max) return outOfBounds(`${value} is above ${max}`)
  if (oneOf && !oneOf.includes(Number(value))) return { reason: 'not-allowed', detail: `${value} is not in the list` }
  return value
}

/** A whole number, in whatever form the source holds it; undefined if it is none. */
export const wholeOf = (raw: unknown): bigint | undefined => {
  if (typeof raw === 'bigint') return raw
  if (typeof raw === 'number' && Number.isSafeInteger(raw)) return BigInt(raw)
  return typeof raw === 'string' && /^[+-]?\d{1,19}$/.test(raw) ? BigInt(raw.replace('+', '')) : undefined
}

const plus = 0x2b
const minus = 0x2d

/** The whole number that a text of at most ten digits stands for; NaN for any other text. */
const shortInt = (text: string): number => {
  const sign = text.charCodeAt(0)
  const from = sign === plus || sign === minus ? 1 : 0
  const digits = text.length - from
  const number = digits >= 1 && digits <= 10 ? digitsAt(text, from, digits) : Number.NaN
  return sign === minus ? -number : number
}

export const readInt: Reader = (raw, options) => {
  const number = typeof raw === 'string' ? shortInt(raw) : raw
  if (typeof number === 'number' && fitsInt(number)) return bounded(number + 0, options)
  const value = wholeOf(raw)
  if (value === undefined) return wrongType(raw, 'a whole number')
  return fitsInt(Number(value)) ? bounded(Number(value), options) : outOfBounds(`${value} does not fit 32 bits`)
}

export const readLong: Reader = (raw, options) => {
  const value = wholeOf(raw)
  if (value === undefined) return wrongType(raw, 'a whole number')
  return fitsLong(value) ? bounded(value, options) : outOfBounds(`${value} does not fit 64 bits`)
}

const decimalText = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?$/

export const readDouble: Reader = (raw, options) => {
  const value = typeof raw === 'bigint' || (typeof raw === 'string' && decimalText.test(raw)) ? Number(raw) : raw
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(raw, 'a finite number')
  return bounded(value + 0, options)
}

/** A double stands for the decimal that it was made of: the nearest of the scale, if it is within rounding of it. */
const textOf = (raw: number, scale: number) => {
  const text = raw.toFixed(scale)
  return Math.abs(Number(text) - raw) <= Math.abs(raw) * 2 * Number.EPSILON ? text : String(raw)
}

const boundOf = (bound: number | undefined, scale: number) =>
  bound === undefined ? undefined : unitsOf(String(bound), scale)

export const readDecimal = (column: Column): Reader => {
  const { scale = 0 } = typeOfColumn(column)
  const [min, max] = [column.options.min, column.options.max].map((bound) => boundOf(bound, scale))
  return (raw) => {
    const number = typeof raw === 'number' && Number.isFinite(raw) && Math.abs(raw) < 1e21
    const text = number ? textOf(raw, scale) : typeof raw === 'bigint' ? String(raw) : raw
    const parsed = typeof text === 'string' && decimalText.test(text) ? parseDecimal(text) : undefined
    if (typeof text !== 'string' || !parsed) return wrongType(raw, 'a decimal number')
    const value = unitsOf(text, scale)
    if (value === undefined) {
      const large = Math.abs(decimalToDouble(parsed.units, parsed.scale)) >= 10 ** (18 - scale)
      if (large) return outOfBounds(`${shown(raw)} has more than 18 digits`)
      return { reason: 'too-precise', detail: `${shown(raw)} has more than ${scale} digits after the point` }
    }
    const is = (side: string, bound: bigint) =>
      `${formatDecimal(value, scale)} is ${side} ${formatDecimal(bound, scale)}`
    if (min !== undefined && value < min) return outOfBounds(is('below', min))
    if (max !== undefined && value > max) return outOfBounds(is('above', max))
    return value
  }
}
