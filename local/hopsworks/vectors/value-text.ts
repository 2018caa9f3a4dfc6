import type { ColumnType, Kind } from '../columns/column-type.ts'
import type { NestedValue } from '../columns/nested-value.ts'
import { nestedValueReader } from '../columns/nested-value.ts'

type Stored = null | number | bigint | string | Uint8Array

const perDay = 86_400_000

const timestamp = (micros: bigint): string => {
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = (micros - rest) / 1_000n
  const text = new Date(Number(seconds)).toISOString()
  const fraction = rest === 0n ? '' : `.${rest.toString().padStart(6, '0')}`
  return `"${text.slice(0, 10)} ${text.slice(11, 19)}${fraction}"`
}

const shortest = (value: number): string => {
  const short = Number(value.toPrecision(7))
  return String(Math.fround(short) === value ? short : value)
}

const scalarText = (kind: Kind, value: Stored): string => {
  if (value === null) return 'null'
  switch (kind) {
    case 'timestamp':
      return timestamp(typeof value === 'bigint' ? value : BigInt(Number(value)))
    case 'date':
      return `"${new Date(Number(value) * perDay).toISOString().slice(0, 10)}"`
    case 'float':
    case 'double': {
      const number = Number(value)
      if (!Number.isFinite(number)) return 'null'
      return kind === 'float' ? shortest(number) : String(number)
    }
    case 'string':
      return JSON.stringify(value)
    case 'binary':
      return value instanceof Uint8Array ? `"${Buffer.from(value).toString('base64')}"` : 'null'
    default:
      return String(value)
  }
}

/** Values inside of arrays, maps and structs are as in Avro: days and microseconds are numbers, a boolean is one. */
const nestedText = (value: NestedValue): string => {
  if (value instanceof Uint8Array) return scalarText('binary', value)
  if (value instanceof Map)
    return `{${[...value].map(([name, item]) => `${JSON.stringify(name)}:${nestedText(item)}`).join(',')}}`
  if (Array.isArray(value)) return `[${value.map(nestedText).join(',')}]`
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value)
}

/** How the feature server writes stored values of a type as JSON. */
export const valueText = (type: ColumnType): ((value: Stored) => string) => {
  if (!type.nested) return (value) => scalarText(type.kind, value)
  const read = nestedValueReader(type)
  return (value) => (value instanceof Uint8Array ? nestedText(read(Buffer.from(value))) : 'null')
}
