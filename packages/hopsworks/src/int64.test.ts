import { expect, test } from '@jest/globals'
import { bigintOf, numberOf } from './int64.ts'

test.each([0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32) - 1, 2 ** 53 - 1, 1 - 2 ** 53, 253_402_300_799 * 1e6])(
  '%d as a bigint and back',
  (integer) => {
    expect(bigintOf(integer)).toBe(BigInt(integer))
    expect(numberOf(BigInt(integer))).toBe(integer)
  },
)

test.each([2n ** 53n + 1n, -(2n ** 53n) - 3n, 2n ** 63n - 1n, -(2n ** 63n)])('%s as the nearest double', (integer) => {
  expect(numberOf(integer)).toBe(Number(integer))
})
