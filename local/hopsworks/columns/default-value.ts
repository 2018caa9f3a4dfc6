import type { ColumnType, Kind } from './column-type.ts'
import type { Value } from './value.ts'

const bits: Partial<Record<Kind, bigint>> = { tinyint: 8n, smallint: 16n, int: 32n, bigint: 64n }
const time = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?$/

const integer = (text: string, width: bigint): bigint | undefined => {
  const value = /^[+-]?\d{1,19}$/.test(text) ? BigInt(text) : undefined
  return value !== undefined && BigInt.asIntN(Number(width), value) === value ? value : undefined
}

const timestamp = (text: string): bigint | undefined => {
  const [, day, clock, fraction = ''] = time.exec(text) ?? []
  const milliseconds = Date.parse(`${day}T${clock}Z`)
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000n + BigInt(fraction.padEnd(6, '0'))
}

/** What rows have in a feature that was added after them, of the text that its definition gives; undefined for no such value. */
export const defaultValue = ({ kind, duckdb }: ColumnType, text: string): Value | undefined => {
  switch (kind) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint': {
      const value = integer(text, bits[kind] ?? 64n)
      return kind === 'bigint' || value === undefined ? value : Number(value)
    }
    case 'float':
    case 'double':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined
    case 'string':
      return text
    case 'date': {
      const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) / 86_400_000 : Number.NaN
      return Number.isNaN(day) ? undefined : day
    }
    case 'timestamp':
      return timestamp(text)
    case 'decimal': {
      const scale = Number(/,(\d+)\)$/.exec(duckdb)?.[1] ?? 0)
      return /^-?\d+(\.\d+)?$/.test(text) && (text.split('.')[1] ?? '').length <= scale ? text : undefined
    }
    default:
      return undefined
  }
}

/** The default of a stored feature; null where it has none. */
export const storedDefault = (type: ColumnType, text: string | null): Value =>
  text === null ? null : (defaultValue(type, text) ?? null)
