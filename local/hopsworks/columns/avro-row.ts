import * as z from 'zod'
import { AvroCursor } from './avro-cursor.ts'
import type { Value } from './value.ts'

const branch = z.union([
  z.string(),
  z.object({ type: z.string(), logicalType: z.string().optional(), scale: z.int().optional() }),
])
const record = z.object({
  fields: z.array(z.object({ name: z.string(), type: z.tuple([z.literal('null'), branch]) })),
})

const decimalText = (bytes: Buffer, scale: number): string => {
  const size = BigInt(bytes.length * 8)
  const unscaled = bytes.length === 0 ? 0n : BigInt.asIntN(Number(size), BigInt(`0x${bytes.toString('hex')}`))
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return `${unscaled < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`
}

/** Reads what a type of Avro writes; an array, a map or a record is bytes, since Hopsworks encodes it twice. */
export const readerOf = (type: unknown) => compiled(branch.parse(type))

const compiled = (type: z.infer<typeof branch>): ((cursor: AvroCursor) => Value) => {
  const name = typeof type === 'string' ? type : type.type
  switch (name) {
    case 'int':
      return (cursor) => cursor.int()
    case 'long':
      return (cursor) => cursor.long()
    case 'float':
      return (cursor) => cursor.float()
    case 'double':
      return (cursor) => cursor.double()
    case 'boolean':
      return (cursor) => cursor.boolean()
    case 'string':
      return (cursor) => cursor.string()
    case 'bytes': {
      const scale = typeof type === 'string' || type.logicalType !== 'decimal' ? undefined : (type.scale ?? 0)
      return scale === undefined ? (cursor) => cursor.bytes() : (cursor) => decimalText(cursor.bytes(), scale)
    }
    case 'array':
    case 'map':
    case 'record':
      return (cursor) => cursor.bytes()
    default:
      throw new Error(`no reader for the Avro type ${name}`)
  }
}

export interface RowReader {
  /** The names of the fields, in the order of the values. */
  readonly names: readonly string[]
  /** Decodes one row of schemaless Avro. Throws when the bytes are not exactly one. */
  read(bytes: Buffer): Value[]
}

/** Compiles the schema of a subject, whose fields are all unions of null and one type. */
export const rowReader = (schema: string): RowReader => {
  const { fields } = record.parse(JSON.parse(schema))
  const readers = fields.map(({ type }) => compiled(type[1]))
  return {
    names: fields.map(({ name }) => name),
    read(bytes) {
      const cursor = new AvroCursor(bytes)
      const values = readers.map((read) => (cursor.isNull() ? null : read(cursor)))
      cursor.finish()
      return values
    },
  }
}
