import { endianness } from 'node:os'

const halves = new Int32Array(2)
const wholes = new BigInt64Array(halves.buffer)
const low = endianness() === 'LE' ? 0 : 1
const high = 1 - low

/** `BigInt(integer)` of an integer within 64 bits, at a third of the cost: V8 compiles this, and calls out for that. */
export const bigintOf = (integer: number): bigint => {
  halves[low] = integer
  halves[high] = Math.floor(integer / 2 ** 32)
  return wholes[0]!
}

/** `Number(integer)` of an integer within 64 bits, likewise. */
export const numberOf = (integer: bigint): number => {
  wholes[0] = integer
  return halves[high]! * 2 ** 32 + (halves[low]! >>> 0)
}
