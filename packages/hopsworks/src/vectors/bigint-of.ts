import { endianness } from 'node:os'

const halves = new Int32Array(2)
const wholes = new BigInt64Array(halves.buffer)
const [low, high] = endianness() === 'LE' ? [0, 1] : [1, 0]

/** `BigInt(integer)` of an integer within 64 bits, at a third of the cost: V8 compiles this, and calls out for that. */
export function bigintOf(integer: number): bigint {
  halves[low] = integer
  halves[high] = Math.floor(integer / 2 ** 32)
  return wholes[0]!
}
