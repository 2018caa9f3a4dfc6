import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import type { SchemaElement } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { FeatureDefinition, Value, Values } from '@hopline/pipeline'
import { withUnits } from '../read/exact-decimals.ts'
import type { LogRow } from './row.ts'

/** A column of the log. */
export type LogColumn = Pick<FeatureDefinition, 'name' | 'type'>

const elements: Readonly<Record<string, Omit<SchemaElement, 'name'>>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  int: { type: 'INT32' },
  bigint: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
  date: { type: 'INT32', converted_type: 'DATE' },
} satisfies Partial<Record<LogColumn['type'], Omit<SchemaElement, 'name'>>>

const elementOf = (type: LogColumn['type']) => {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? []
  if (precision === undefined) return elements[type]
  return { type: 'INT64', converted_type: 'DECIMAL', precision: Number(precision), scale: Number(scale) } as const
}

/** Rows as one Parquet file (snappy): the group's columns, and `_order` and `_row`. */
export const encodeLog = (rows: readonly LogRow[], columns: readonly LogColumn[]): Uint8Array => {
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length + 2 },
    ...columns.map(({ name, type }) => ({ name, ...elementOf(type), repetition_type: 'OPTIONAL' as const })),
    { name: '_order', ...elementOf('string'), repetition_type: 'REQUIRED' },
    { name: '_row', ...elementOf('bigint'), repetition_type: 'REQUIRED' },
  ]
  const columnData = [
    ...columns.map(({ name }) => ({ name, data: rows.map(({ values }) => values[name] ?? null) })),
    { name: '_order', data: rows.map(({ order }) => order) },
    { name: '_row', data: rows.map(({ row }) => BigInt(row)) },
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, rowGroupSize: 100_000 }))
}

const parsers = { timestampFromMicroseconds: (micros: bigint) => micros, dateFromDays: (days: number) => days }

/** The rows of {@link encodeLog}. A column that the file does not have yet is null. */
export const decodeLog = async (file: Uint8Array<ArrayBuffer>): Promise<LogRow[]> => {
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)
  const metadata = withUnits(parquetMetadata(bytes))
  const rows = await parquetReadObjects({ file: bytes, metadata, compressors, parsers, geoparquet: false })
  return rows.map(({ _order, _row, ...values }) => ({
    order: String(_order),
    row: Number(_row),
    values: valuesOf(values),
  }))
}

const valuesOf = (record: Record<string, unknown>): Values => {
  const values: Values = {}
  for (const [name, value] of Object.entries(record)) values[name] = valueOf(value)
  return values
}

const valueOf = (value: unknown): Value => {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value
    default:
      return null
  }
}
