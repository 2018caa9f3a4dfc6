import type { DuckDBValue } from '@duckdb/node-api'
import type { ColumnType } from '../columns/column-type.ts'
import type { NestedValue } from '../columns/nested-value.ts'
import { nestedValueReader } from '../columns/nested-value.ts'

type DuckDB = typeof import('@duckdb/node-api')
type Convert = (value: NestedValue) => DuckDBValue

const digitsOf = (duckdb: string): [width: number, scale: number] => {
  const [, width = '10', scale = '0'] = /^DECIMAL\((\d+),(\d+)\)$/.exec(duckdb) ?? []
  return [Number(width), Number(scale)]
}

const scalar = ({ kind, duckdb }: ColumnType, api: DuckDB): Convert => {
  const { DuckDBBlobValue, DuckDBDateValue, DuckDBDecimalValue, DuckDBTimestampValue } = api
  const [width, scale] = digitsOf(duckdb)
  return (value) => {
    if (value instanceof Uint8Array) return new DuckDBBlobValue(value)
    if (kind === 'decimal' && typeof value === 'string')
      return new DuckDBDecimalValue(BigInt(value.replace('.', '')), width, scale)
    if (kind === 'timestamp' && typeof value === 'bigint') return new DuckDBTimestampValue(value)
    if (kind === 'date' && typeof value === 'number') return new DuckDBDateValue(value)
    return typeof value === 'object' ? null : value
  }
}

const convert = (type: ColumnType, api: DuckDB): Convert => {
  const { nested } = type
  if (!nested) return scalar(type, api)
  if (nested.kind === 'array') {
    const item = convert(nested.item, api)
    return (value) => (Array.isArray(value) ? new api.DuckDBListValue(value.map(item)) : null)
  }
  if (nested.kind === 'map') {
    const item = convert(nested.item, api)
    return (value) =>
      value instanceof Map ? new api.DuckDBMapValue([...value].map(([key, one]) => ({ key, value: item(one) }))) : null
  }
  const fields = nested.fields.map((field) => ({ name: field.name, item: convert(field.type, api) }))
  return (value) =>
    value instanceof Map
      ? new api.DuckDBStructValue(
          Object.fromEntries(fields.map(({ name, item }) => [name, item(value.get(name) ?? null)])),
        )
      : null
}

/** Makes a value of DuckDB of the bytes that a row holds of an array, a map or a struct. @throws UndecodableRow */
export const nestedToDuckDb = (type: ColumnType, api: DuckDB): ((bytes: Buffer) => DuckDBValue) => {
  const [read, converted] = [nestedValueReader(type), convert(type, api)]
  return (bytes) => converted(read(bytes))
}
