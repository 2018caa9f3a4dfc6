import { expect, it } from '@jest/globals'
import { AvroCursor, UndecodableRow } from './avro-cursor.ts'

const varint = (value: bigint): Buffer => {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...bytes, Number(rest)])
}

it.each([0, 6, 7, 13, 31, 32, 47, 48, 49, 52, 53, 62, 63])('reads longs of %i bits', (bits) => {
  const edge = 2n ** BigInt(bits)
  for (const value of [edge - 1n, -edge, -edge + 1n]) {
    const cursor = new AvroCursor(varint(value))
    expect(cursor.long()).toBe(value)
    cursor.finish()
  }
})

it('reads ints, and refuses what is none', () => {
  for (const value of [0, -1, 2 ** 31 - 1, -(2 ** 31)]) expect(new AvroCursor(varint(BigInt(value))).int()).toBe(value)
  for (const value of [2n ** 31n, -(2n ** 31n) - 1n, 2n ** 62n])
    expect(() => new AvroCursor(varint(value)).int()).toThrow(UndecodableRow)
})

it.each([
  ['a number that does not end', Buffer.alloc(11, 0xff), (cursor: AvroCursor) => cursor.long()],
  ['a number that ends too early', Buffer.from([0x80]), (cursor: AvroCursor) => cursor.long()],
  ['a text longer than the row', Buffer.from([4, 97]), (cursor: AvroCursor) => cursor.string()],
  ['a text of negative length', varint(-1n), (cursor: AvroCursor) => cursor.string()],
  ['a branch that the union has not', Buffer.from([4]), (cursor: AvroCursor) => cursor.isNull()],
])('refuses %s', (_what, bytes, read) => {
  expect(() => read(new AvroCursor(bytes))).toThrow(UndecodableRow)
})
