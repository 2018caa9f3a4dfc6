import avro from 'avsc'
import { HopsworksBadRow } from '../errors.ts'
import type { Values } from './values.ts'

/** Writes a row at a position and returns the position after it; a negative number says how many bytes are missing. */
export type RowEncoder = (row: Values, buffer: Buffer, position: number) => number

const unpacked = Buffer.alloc(8) // avsc copies it at once

const minLong = -(2n ** 63n)
const maxLong = 2n ** 63n - 1n

/** 64-bit integers as bigint, exact; a safe integer as number is taken too. */
const long = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint | number) => {
    unpacked.writeBigInt64LE(BigInt(value))
    return unpacked
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) =>
    typeof value === 'bigint' ? value >= minLong && value <= maxLong : Number.isSafeInteger(value),
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
})

/** A decimal as the bigint of its units: big-endian two's complement, as few bytes as hold it. */
class Decimal extends avro.types.LogicalType {
  protected override _fromValue(bytes: Buffer): bigint {
    return BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`))
  }

  protected override _toValue(units: unknown): Buffer | undefined {
    if (typeof units !== 'bigint') return undefined
    let length = 1
    while (BigInt.asIntN(length * 8, units) !== units) length += 1
    const hex = BigInt.asUintN(length * 8, units).toString(16)
    return Buffer.from(hex.padStart(length * 2, '0'), 'hex')
  }

  protected override _resolve(): undefined {
    return undefined
  }
}

/** A plain long, or one with a logical type such as timestamp-micros. */
const longHook = (schema: avro.Schema): avro.Type | undefined =>
  schema === 'long' || (typeof schema === 'object' && 'type' in schema && schema.type === 'long') ? long : undefined

/**
 * The encoder of a subject's schema: schemaless Avro, no magic byte, no schema id (those are headers).
 * @param schema JSON of a record whose fields are nullable scalars
 * @throws HopsworksBadRow from the encoder, naming the column that the schema cannot hold
 */
export function rowEncoder(schema: string): RowEncoder {
  const type = avro.Type.forSchema(JSON.parse(schema), {
    typeHook: longHook,
    logicalTypes: { decimal: Decimal },
    wrapUnions: 'never',
  })
  return (row, buffer, position) => {
    try {
      return type.encode(row, buffer, position)
    } catch {
      throw badRow(type, row)
    }
  }
}

function badRow(type: avro.Type, row: Values): HopsworksBadRow {
  const bad = new Set<string>()
  type.isValid(row, { errorHook: (path) => bad.add(path.join('.')) })
  return new HopsworksBadRow(`A row does not fit the group's schema in: ${[...bad].join(', ')}`)
}
