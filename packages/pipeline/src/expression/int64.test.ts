import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bigintOf, numberOf } from './int64.ts'

test('numbers become bigints, and bigints numbers, as BigInt and Number make them', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (integer, wide) => {
      expect(bigintOf(integer)).toBe(BigInt(integer))
      expect(numberOf(BigInt(integer))).toBe(integer)
      expect(numberOf(wide)).toBe(Number(wide))
    }),
  )
})
