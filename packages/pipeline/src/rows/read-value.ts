import type { Column, ColumnOptions } from '../columns.ts'
import { lengthOf } from '../columns.ts'
import { codePoints } from '../expression/text.ts'
import type { Kind, Value } from '../value.ts'
import { readDecimal, readDouble, readInt, readLong } from './read-number.ts'
import { readDate, readTimestamp } from './read-time.ts'
import type { Refusal } from './refusal.ts'
import { shown, wrongType } from './refusal.ts'

/** A value in its kind, or why it is none; {@link isRefusal} tells them apart. */
export type Read = Value | Refusal
export type Reader = (raw: unknown, options: ColumnOptions) => Read

const readBoolean: Reader = (raw) => {
  if (typeof raw === 'boolean') return raw
  return raw === 'true' || raw === 'false' ? raw === 'true' : wrongType(raw, 'true or false')
}

/** Whether text has more code points than fit; most text is settled by its UTF-16 length. */
export const tooLong = (text: string, length: number): boolean => text.length > length && codePoints(text) > length

const readText =
  (length: number): Reader =>
  (raw, { oneOf }) => {
    if (raw instanceof Uint8Array) return { reason: 'not-unicode', detail: 'bytes that are not UTF-8' }
    if (typeof raw !== 'string') return wrongType(raw, 'text')
    if (!raw.isWellFormed()) return { reason: 'not-unicode', detail: `${shown(raw)} is not well-formed Unicode` }
    if (tooLong(raw, length)) return { reason: 'too-long', detail: `${shown(raw)} has more than ${length} characters` }
    return oneOf && !oneOf.includes(raw) ? { reason: 'not-allowed', detail: `${shown(raw)} is not in the list` } : raw
  }

const readers: Readonly<Record<Kind, (column: Column) => Reader>> = {
  string: (column) => readText(lengthOf(column)),
  int: () => readInt,
  long: () => readLong,
  decimal: readDecimal,
  double: () => readDouble,
  boolean: () => readBoolean,
  timestamp: () => readTimestamp,
  date: () => readDate,
}

/** Reads one value of a column. Empty text is null, but in a column of text. */
export const readValue = (column: Column): ((raw: unknown) => Read) => {
  const { kind, options } = column
  const read = readers[kind](column)
  return (raw) => {
    if (raw !== null && raw !== undefined && (raw !== '' || kind === 'string')) return read(raw, options)
    return options.nullable ? null : { reason: 'null', detail: 'is null or missing' }
  }
}
