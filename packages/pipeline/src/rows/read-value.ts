import type { Column, ColumnOptions } from '../columns.ts'
import { lengthOf } from '../columns.ts'
import { fitsInt, fitsLong } from '../expression/fit.ts'
import type { Kind, Value } from '../value.ts'
import { parseTimestamp, plausible } from './parse-timestamp.ts'

/** Why a row is refused, for machines. */
export type Reason = 'null' | 'wrong-type' | 'out-of-bounds' | 'too-long' | 'not-allowed' | 'bad-timestamp'

export interface Refusal {
  readonly reason: Reason
  /** For people: what is wrong with which value. */
  readonly detail: string
}

type Read = { readonly value: Value } | Refusal
type Reader = (raw: unknown, options: ColumnOptions) => Read

const shown = (raw: unknown) => {
  if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'bigint') return `a ${typeof raw}`
  const text = typeof raw === 'string' ? `'${raw}'` : String(raw)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
const wrongType = (raw: unknown, wanted: string): Refusal => ({
  reason: 'wrong-type',
  detail: `${shown(raw)} is not ${wanted}`,
})

const bounded = (value: number | bigint, { min, max }: ColumnOptions): Read => {
  if (min !== undefined && value < min) return { reason: 'out-of-bounds', detail: `${value} is below ${min}` }
  if (max !== undefined && value > max) return { reason: 'out-of-bounds', detail: `${value} is above ${max}` }
  return { value }
}

/** A whole number, in whatever form the source holds it. */
const whole = (raw: unknown): bigint | undefined => {
  if (typeof raw === 'bigint') return raw
  if (typeof raw === 'number' && Number.isSafeInteger(raw)) return BigInt(raw)
  return typeof raw === 'string' && /^[+-]?\d{1,19}$/.test(raw) ? BigInt(raw.replace('+', '')) : undefined
}

const integer =
  (bits: 32 | 64): Reader =>
  (raw, options) => {
    if (bits === 32 && typeof raw === 'number' && fitsInt(raw)) return bounded(raw + 0, options)
    const value = whole(raw)
    if (value === undefined) return wrongType(raw, 'a whole number')
    if (bits === 64 && fitsLong(value)) return bounded(value, options)
    if (bits === 32 && fitsInt(Number(value))) return bounded(Number(value), options)
    return { reason: 'out-of-bounds', detail: `${value} does not fit ${bits} bits` }
  }

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?$/

const double: Reader = (raw, options) => {
  const value = typeof raw === 'bigint' || (typeof raw === 'string' && decimal.test(raw)) ? Number(raw) : raw
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(raw, 'a finite number')
  return bounded(value + 0, options)
}

const boolean: Reader = (raw) => {
  if (typeof raw === 'boolean') return { value: raw }
  return raw === 'true' || raw === 'false' ? { value: raw === 'true' } : wrongType(raw, 'true or false')
}

/** Whether text has more code points than fit; most text is settled by its UTF-16 length. */
export const tooLong = (text: string, length: number): boolean =>
  text.length > length && Array.from(text).length > length

const text =
  (length: number): Reader =>
  (raw, { oneOf }) => {
    if (typeof raw !== 'string') return wrongType(raw, 'text')
    if (!raw.isWellFormed()) return wrongType(raw, 'well-formed Unicode')
    if (tooLong(raw, length)) return { reason: 'too-long', detail: `${shown(raw)} has more than ${length} characters` }
    return oneOf && !oneOf.includes(raw)
      ? { reason: 'not-allowed', detail: `${shown(raw)} is not in the list` }
      : { value: raw }
  }

const perEpoch = { seconds: 1_000_000n, milliseconds: 1000n, microseconds: 1n }

const microsOf = (raw: unknown, { epoch, zone }: ColumnOptions) => {
  if (raw instanceof Date) {
    return Number.isNaN(raw.getTime()) ? { problem: 'is no real date' } : plausible(BigInt(raw.getTime()) * 1000n)
  }
  const number = typeof raw === 'number' || typeof raw === 'bigint' ? whole(raw) : undefined
  if (number !== undefined && epoch) return plausible(number * perEpoch[epoch])
  if (number !== undefined) return { problem: 'is a number, and the column does not say of what unit (epoch)' }
  return typeof raw === 'string' ? parseTimestamp(raw, zone) : undefined
}

const timestamp: Reader = (raw, options) => {
  const parsed = microsOf(raw, options)
  if (!parsed) return wrongType(raw, 'a timestamp')
  if ('micros' in parsed) return { value: parsed.micros }
  return { reason: 'bad-timestamp', detail: `${shown(raw)} ${parsed.problem}` }
}

const readerOf = (kind: Kind, column: Column): Reader =>
  ({ string: text(lengthOf(column)), int: integer(32), long: integer(64), double, boolean, timestamp })[kind]

/** Reads one value of a column. Empty text is null, but in a column of text. */
export const readValue = (column: Column): ((raw: unknown) => Read) => {
  const { kind, options } = column
  const read = readerOf(kind, column)
  return (raw) => {
    if (raw !== null && raw !== undefined && (raw !== '' || kind === 'string')) return read(raw, options)
    return options.nullable ? { value: null } : { reason: 'null', detail: 'is null or missing' }
  }
}
