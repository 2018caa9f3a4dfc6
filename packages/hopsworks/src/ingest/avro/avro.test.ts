import { describe, expect, test } from '@jest/globals'
import avsc from 'avsc'
import fc from 'fast-check'
import type { Values } from '../../value.ts'
import { ByteSink } from './byte-sink.ts'
import { rowEncoder } from './row-encoder.ts'

const field = (name: string, type: unknown) => ({ name, type: ['null', type] })
const timestamp = { type: 'long', logicalType: 'timestamp-micros' }
const date = { type: 'int', logicalType: 'date' }
const decimal = (precision: number, scale: number) => ({ type: 'bytes', logicalType: 'decimal', precision, scale })
const arrayOf = (items: unknown) => ({ type: 'array', items: ['null', items] })
const mapOf = (values: unknown) => ({ type: 'map', values: ['null', values] })
const schemaOf = (...fields: object[]) =>
  JSON.stringify({ type: 'record', name: 'txn_1', namespace: 'demo_featurestore.db', fields })

const bytesOf = (schema: string, row: Values) => {
  const sink = new ByteSink(1)
  rowEncoder(schema)(row, sink)
  return sink.buffer.subarray(0, sink.at)
}
const encoded = (schema: string, row: Values) => bytesOf(schema, row).toString('hex')
const one = (type: unknown, value: Values[string]) => encoded(schemaOf(field('v', type)), { v: value })
const micros = (iso: string) => BigInt(Date.parse(iso)) * 1000n

const struct = {
  type: 'record',
  name: 'r1',
  namespace: 'st',
  fields: [field('x', 'int'), field('y', 'string')],
}
const everything = schemaOf(
  field('id', 'long'),
  field('i', 'int'),
  field('f', 'float'),
  field('d', 'double'),
  field('b', 'boolean'),
  field('s', 'string'),
  field('ts', timestamp),
  field('dt', date),
  field('bin', 'bytes'),
  field('dec', decimal(10, 2)),
  field('arr', arrayOf('double')),
  field('arrs', arrayOf('string')),
  field('st', struct),
  field('mp', mapOf('int')),
  field('nul', 'string'),
)
const row: Values = {
  id: 1n,
  i: -5,
  f: 1.5,
  d: 2.5,
  b: true,
  s: 'é',
  ts: micros('2026-01-02T03:04:05Z') + 678_901n,
  dt: '2026-01-02',
  bin: Uint8Array.of(1, 2),
  dec: '12.34',
  arr: [1, 2.5],
  arrs: ['a', null],
  st: { x: 1, y: 'b' },
  mp: { k: 7 },
  nul: null,
}

describe('Avro by the schema of the group', () => {
  test("gives the official SDK's bytes", () => {
    const schema = schemaOf(field('id', 'long'), field('ts', timestamp), field('amt', 'double'), field('cc', 'string'))
    const given = { id: 1n, ts: micros('2026-01-01T00:00:00Z'), amt: 1.5, cc: 'a' }
    expect(encoded(schema, given)).toBe('020202808082e288d2a30602000000000000f83f020261')
  })

  test("gives the official SDK's bytes for every type, complex ones encoded twice", () => {
    expect(encoded(everything, row)).toBe(
      '02020209020000c03f02000000000000044002010204c3a902eabcbae5ded7a30602cebf0202040102020404d2' +
        '022a020402000000000000f03f02000000000000044000020e02040202610000020c020202020262020e0202026b020e0000',
    )
  })

  test.each([2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n, 2n ** 31n, -(2n ** 32n), 63n, -64n, 64n, 0n])(
    'keeps the long %s exact',
    (id) => {
      let zigzag = BigInt.asUintN(64, (id << 1n) ^ (id >> 63n))
      const varint: number[] = []
      for (; zigzag > 127n; zigzag >>= 7n) varint.push(Number((zigzag & 127n) | 128n))
      expect(one('long', id)).toBe(Buffer.from([2, ...varint, Number(zigzag)]).toString('hex'))
    },
  )

  test.each([
    ['12.34', '0404d2'],
    ['12.3', '0404ce'],
    ['-1.28', '04ff80'],
    ['0', '0200'],
    ['-0.01', '02ff'],
    ['99999999.99', '0a02540be3ff'],
    ['5.100', '0401fe'],
    [1234n, '0404d2'],
    [-128n, '04ff80'],
  ])("the decimal %s has fastavro's bytes", (text, hex) => {
    expect(one(decimal(10, 2), text)).toBe(`02${hex}`)
  })

  test('a date may be given as days since 1970', () => {
    expect(one(date, 20_455)).toBe(one(date, '2026-01-02'))
  })

  test.each([
    ['boolean', 1],
    ['int', 2 ** 31],
    ['int', 1.5],
    ['int', 7n],
    ['long', 2n ** 63n],
    ['long', 2 ** 53],
    ['float', 1e39],
    ['double', '1'],
    ['string', '\ud800'],
    ['string', 7],
    ['bytes', 'AQI='],
    [timestamp, '2026-01-01'],
    [date, '2026-02-30'],
    [date, 20_454.5],
    [decimal(4, 2), '123.45'],
    [decimal(4, 2), 12_345n],
    [decimal(4, 2), 1.5],
    [decimal(4, 2), '1.234'],
    [decimal(4, 2), '1e2'],
    [arrayOf('int'), [1, 'x']],
    [arrayOf('int'), { 0: 1 }],
    [mapOf('int'), { k: 1.5 }],
    [mapOf('int'), [1]],
    [struct, { x: 1 }],
  ] as const)('%j does not hold %p', (type, value) => {
    expect(() => one(type, value)).toThrow("A row does not fit the group's schema in: v")
  })

  test('a row that does not fit is refused by the names of all its bad columns, without its values', () => {
    const bad = { ...row, i: 1.5, s: 7, ts: 2n ** 63n, arrs: ['secret', 1] }
    expect(() => bytesOf(everything, bad)).toThrow(
      expect.objectContaining({
        name: 'HopsworksBadRow',
        code: 'SCHEMA',
        message: "A row does not fit the group's schema in: i, s, ts, arrs",
      }),
    )
    expect(() => encoded(schemaOf(field('id', 'long'), field('cc', 'string')), { id: 1n })).toThrow('in: cc')
  })

  test.each([
    ['no record', '["null","int"]', 'no Avro record'],
    ['no JSON', 'txn', 'no Avro record'],
    ['a fixed type', schemaOf(field('v', { type: 'fixed', name: 'f', size: 4 })), 'cannot be written: fixed'],
    ['milliseconds', schemaOf(field('v', { type: 'long', logicalType: 'timestamp-millis' })), 'timestamp-millis'],
    ['a wider union', schemaOf({ name: 'v', type: ['null', 'int', 'string'] }), 'a union of other than'],
  ])('a subject with %s is refused before anything is written', (_name, schema, message) => {
    expect(() => rowEncoder(schema)).toThrow(message)
  })

  test('another library reads back whatever fits, of any length', () => {
    const scalars = schemaOf(field('i', 'int'), field('f', 'float'), field('d', 'double'), field('s', 'string'))
    const deep = {
      type: 'array',
      items: ['null', { ...struct, fields: [...struct.fields, field('a', arrayOf('int'))] }],
    }
    const inner = avsc.Type.forSchema(['null', deep] as avsc.Schema, { wrapUnions: 'never' })
    const outer = avsc.Type.forSchema(JSON.parse(scalars), { wrapUnions: 'never' })
    const asBytes = avsc.Type.forSchema({ type: 'record', name: 'w', fields: [field('v', 'bytes')] } as avsc.Schema)
    const listed = schemaOf(field('v', deep))
    const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary' }))
    const scalar = fc.record({
      i: fc.option(int),
      f: fc.option(fc.float()),
      d: fc.option(fc.double()),
      s: fc.option(text),
    })
    const nested = fc.array(
      fc.option(fc.record({ x: fc.option(int), y: fc.option(text), a: fc.option(fc.array(fc.option(int))) })),
    )
    fc.assert(
      fc.property(scalar, nested, (values, list) => {
        expect({ ...outer.fromBuffer(bytesOf(scalars, values)) }).toEqual(values)
        const { v } = asBytes.fromBuffer(bytesOf(listed, { v: list })) as { v: Buffer }
        expect(JSON.stringify(inner.fromBuffer(v))).toBe(JSON.stringify(list))
      }),
      { numRuns: 100 },
    )
  })
})
