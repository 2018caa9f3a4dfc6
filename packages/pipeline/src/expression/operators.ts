import type { Kind, Value } from '../value.ts'
import { fitsInt, fitsLong } from './fit.ts'
import type { Operator } from './node.ts'

/** Any Value but null; an operator's arguments have the kinds that its node says. */
type Given = NonNullable<Value>
type Binary = (a: Given, b: Given) => Value

const dayMicros = 86_400_000_000n
const hourMicros = 3_600_000_000n
const minuteMicros = 60_000_000n

/** A double is finite and knows no −0. */
const double = (x: number) => (Number.isFinite(x) ? x + 0 : null)
const int = (x: number) => (fitsInt(x) ? x + 0 : null)
const long = (x: bigint) => (fitsLong(x) ? x : null)

/** Remainder with the sign of the divisor: times before 1970 have hours, too. */
const modulo = (x: bigint, by: bigint) => ((x % by) + by) % by

const arithmetic = (
  type: Kind,
  ofNumbers: (a: number, b: number) => number,
  ofBigints: (a: bigint, b: bigint) => bigint,
): Binary => {
  if (type === 'long') return (a, b) => long(ofBigints(BigInt(a), BigInt(b)))
  if (type === 'int') return (a, b) => int(ofNumbers(Number(a), Number(b)))
  return (a, b) => double(ofNumbers(Number(a), Number(b)))
}

/** Two longs are compared as longs, everything else as doubles. */
const comparison = (kinds: readonly Kind[], holds: (a: number | bigint, b: number | bigint) => boolean): Binary =>
  kinds.includes('double') ? (a, b) => holds(Number(a), Number(b)) : (a, b) => holds(BigInt(a), BigInt(b))

const shift =
  (unit: bigint): Binary =>
  (a, b) =>
    long(BigInt(a) + BigInt(b) * unit)

/** What an operator of two arguments does when neither is null; `type` is the result's kind, `kinds` are the arguments'. */
export const binary = (op: Operator, type: Kind, kinds: readonly Kind[]): Binary | undefined => {
  switch (op) {
    case 'plus':
      return arithmetic(
        type,
        (a, b) => a + b,
        (a, b) => a + b,
      )
    case 'minus':
      return arithmetic(
        type,
        (a, b) => a - b,
        (a, b) => a - b,
      )
    case 'times':
      return arithmetic(
        type,
        (a, b) => a * b,
        (a, b) => a * b,
      )
    case 'per':
      return (a, b) => double(Number(a) / Number(b))
    case 'above':
      return comparison(kinds, (a, b) => a > b)
    case 'below':
      return comparison(kinds, (a, b) => a < b)
    case 'is':
      return (a, b) => a === b
    case 'after_minutes':
      return shift(minuteMicros)
    case 'after':
      return shift(1000n)
    case 'before':
      return shift(-1000n)
    default:
      return undefined
  }
}

/** What an operator of one argument does when it is not null. */
export const unary = (op: Operator, type: Kind): ((a: Given) => Value) | undefined => {
  switch (op) {
    case 'not':
      return (a) => !a
    case 'floor':
      return type === 'long' ? (a) => a : (a) => int(Math.floor(Number(a)))
    case 'hour':
      return (a) => Number(modulo(BigInt(a), dayMicros) / hourMicros)
    case 'weekday': // 1 January 1970 was a Thursday
      return (a) => Number(modulo((BigInt(a) - modulo(BigInt(a), dayMicros)) / dayMicros + 3n, 7n)) + 1
    default:
      return undefined
  }
}
