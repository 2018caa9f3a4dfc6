import { HopsworksMismatch } from '../../errors.ts'
import type { ByteSink } from './byte-sink.ts'
import { decimalBytes } from './decimal.ts'
import { epochDay } from './epoch-day.ts'
import type { AvroSchema, RecordSchema } from './schema.ts'

/** Writes a value; false where the type cannot hold it, and then what was written so far is to be thrown away. */
export type Write = (sink: ByteSink, value: unknown) => boolean

/** Records by name: a schema may name one again instead of repeating it. */
type Names = Map<string, Write>

/** How values of a type are written. Unions are bare: null, or the value itself. */
export function valueWriter(schema: AvroSchema, names: Names = new Map()): Write {
  if (typeof schema === 'string') return named(schema, names)
  if (isUnion(schema)) return nullable(schema, names)
  if ('items' in schema) return arrayOf(valueWriter(schema.items, names))
  if ('values' in schema) return mapOf(valueWriter(schema.values, names))
  if ('fields' in schema) return recordOf(schema, names)
  const { type, logicalType = '', precision = 0, scale = 0 } = schema
  if (logicalType === 'decimal' && type === 'bytes') return decimal(precision, scale)
  const write = logicalType === '' ? undefined : logical[`${type} ${logicalType}`]
  if (logicalType !== '' && write === undefined) throw unsupported(`${type}, ${logicalType}`)
  return write ?? named(type, names)
}

const isUnion = (schema: AvroSchema): schema is readonly AvroSchema[] => Array.isArray(schema)

const unsupported = (type: string) =>
  new HopsworksMismatch(`The group's schema has a type that cannot be written: ${type}`)

function named(type: string, names: Names): Write {
  const write = primitives[type] ?? names.get(type)
  if (write === undefined) throw unsupported(type)
  return write
}

const int: Write = (sink, value) => {
  if (typeof value !== 'number' || (value | 0) !== value) return false
  sink.int(value)
  return true
}

const long: Write = (sink, value) => {
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) !== value) return false
    sink.long(value)
    return true
  }
  if (!Number.isSafeInteger(value)) return false
  sink.long(BigInt(Number(value)))
  return true
}

const primitives: Readonly<Record<string, Write>> = {
  boolean: (sink, value) => {
    if (typeof value !== 'boolean') return false
    sink.byte(value ? 1 : 0)
    return true
  },
  int,
  long,
  float: (sink, value) => {
    if (typeof value !== 'number' || (Number.isFinite(value) && !Number.isFinite(Math.fround(value)))) return false
    sink.float(value)
    return true
  },
  double: (sink, value) => {
    if (typeof value !== 'number') return false
    sink.double(value)
    return true
  },
  string: (sink, value) => {
    if (typeof value !== 'string' || !value.isWellFormed()) return false
    sink.text(value)
    return true
  },
  bytes: (sink, value) => {
    if (!(value instanceof Uint8Array)) return false
    sink.bytes(value)
    return true
  },
}

const logical: Readonly<Record<string, Write>> = {
  'long timestamp-micros': long,
  'int date': (sink, value) => int(sink, typeof value === 'string' ? epochDay(value) : value),
}

const decimal =
  (precision: number, scale: number): Write =>
  (sink, value) => {
    const bytes =
      typeof value === 'string' || typeof value === 'bigint' ? decimalBytes(value, precision, scale) : undefined
    if (bytes === undefined) return false
    sink.bytes(bytes)
    return true
  }

/** A union of null and one type, in either order. */
function nullable(union: readonly AvroSchema[], names: Names): Write {
  const [first, second] = union
  const inner = first === 'null' ? second : first
  if (union.length !== 2 || inner === undefined || (first !== 'null' && second !== 'null')) {
    throw unsupported('a union of other than null and one type')
  }
  const nullByte = first === 'null' ? 0 : 2
  const valueByte = 2 - nullByte
  const write = valueWriter(inner, names)
  return (sink, value) => {
    if (value === null) {
      sink.byte(nullByte)
      return true
    }
    sink.byte(valueByte)
    return write(sink, value)
  }
}

const arrayOf =
  (item: Write): Write =>
  (sink, value) => {
    if (!Array.isArray(value)) return false
    if (value.length > 0) sink.int(value.length)
    for (const one of value) if (!item(sink, one)) return false
    sink.byte(0)
    return true
  }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

const mapOf =
  (item: Write): Write =>
  (sink, value) => {
    if (!isObject(value)) return false
    const entries = Object.entries(value)
    if (entries.length > 0) sink.int(entries.length)
    for (const [key, one] of entries) {
      if (!key.isWellFormed()) return false
      sink.text(key)
      if (!item(sink, one)) return false
    }
    sink.byte(0)
    return true
  }

function recordOf({ name, namespace, fields }: RecordSchema, names: Names): Write {
  const writers: { readonly name: string; readonly write: Write }[] = []
  const write: Write = (sink, value) =>
    isObject(value) && writers.every((field) => field.write(sink, value[field.name]))
  names.set(name, write)
  if (namespace !== undefined) names.set(`${namespace}.${name}`, write)
  for (const field of fields) writers.push({ name: field.name, write: valueWriter(field.type, names) })
  return write
}
