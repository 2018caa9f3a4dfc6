import { HopsworksBadRow } from '../../errors.ts'
import type { Values } from '../../value.ts'
import { ByteSink } from './byte-sink.ts'
import { parseRecordSchema } from './schema.ts'
import type { AvroSchema } from './schema.ts'
import { valueWriter } from './value-writer.ts'
import type { Write } from './value-writer.ts'

/**
 * Writes a row at the sink's position.
 * @throws HopsworksBadRow naming the columns that the schema cannot hold; the row's values stay out of it
 */
export type EncodeRow = (row: Values, sink: ByteSink) => void

/**
 * The encoder of a subject's schema (a JSON text): schemaless Avro, no magic byte, no schema id (those are headers).
 * Arrays, maps and structs are encoded twice, as Hopsworks stores them: by their own type to bytes, then as bytes.
 * @throws HopsworksMismatch where the schema holds a type that Hopsworks does not define
 */
export function rowEncoder(schema: string): EncodeRow {
  const names = new Map<string, Write>()
  const columns = parseRecordSchema(schema).fields.map(({ name, type }) => {
    const write = valueWriter(type, names)
    return { name, write: isComplex(type) ? asBytes(write) : write }
  })
  return (row, sink) => {
    for (const { name, write } of columns) {
      if (!write(sink, row[name])) {
        const bad = columns.filter((column) => !column.write(new ByteSink(64), row[column.name]))
        const names = bad.map((column) => column.name).join(', ')
        throw new HopsworksBadRow(`A row does not fit the group's schema in: ${names}`, { code: 'SCHEMA' })
      }
    }
  }
}

const complex = new Set(['array', 'map', 'record'])

function isComplex(type: AvroSchema): boolean {
  if (typeof type === 'string') return false
  return 'type' in type ? complex.has(type.type) : type.some(isComplex)
}

/** `[null, bytes]` around what the inner type, a union itself, makes of the value. */
function asBytes(write: Write): Write {
  const inner = new ByteSink(1024)
  return (sink, value) => {
    if (value === null) {
      sink.byte(0)
      return true
    }
    inner.at = 0
    if (!write(inner, value)) return false
    sink.byte(2)
    sink.bytes(inner.buffer.subarray(0, inner.at))
    return true
  }
}
