import type { Given } from './compiled.ts'
import { bigintOf } from './int64.ts'

/** A whole number as a bigint; calling BigInt with one is slow. */
export const asBigint = (x: Given): bigint =>
  typeof x === 'bigint' ? x : typeof x === 'number' ? bigintOf(x) : BigInt(x)
