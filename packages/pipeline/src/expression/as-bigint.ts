import type { Given } from './compiled.ts'

/** A value as a bigint; calling BigInt with one is slow. */
export const asBigint = (x: Given): bigint => (typeof x === 'bigint' ? x : BigInt(x))
