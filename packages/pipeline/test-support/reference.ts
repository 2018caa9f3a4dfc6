import type { Node, OperatorNode } from '../src/expression/node.ts'
import type { Type, Value, Values } from '../src/value.ts'

/**
 * What docs/contract.md says, as slowly and plainly as it can be said: the tests hold both engines against it. It shares
 * no code with them.
 */

/** A whole number or a decimal, exactly: units ÷ 10^scale. */
interface Exact {
  readonly units: bigint
  readonly scale: number
}

const isDouble = ({ type }: Type) => type === 'double'
const exact = (value: Value, { scale = 0 }: Type): Exact => ({ units: BigInt(value ?? 0), scale })
const at = ({ units, scale }: Exact, wanted: number) => units * 10n ** BigInt(wanted - scale)
const nearest = (value: Value, type: Type) =>
  isDouble(type) ? Number(value) : Number(`${String(exact(value, type).units)}e-${type.scale ?? 0}`)

const finite = (x: number) => (Number.isFinite(x) ? (x === 0 ? 0 : x) : null)

const limits = {
  int: 2n ** 31n,
  long: 2n ** 63n,
}

/** An exact number as a value of a kind, or null if it does not fit. */
const fitted = (x: Exact, { type, scale = 0 }: Type): Value => {
  if (type === 'decimal') {
    const units = at(x, scale)
    return units < 10n ** 18n && units > -(10n ** 18n) ? units : null
  }
  const limit = type === 'int' ? limits.int : limits.long
  if (x.units < -limit || x.units >= limit) return null
  return type === 'int' ? Number(x.units) : x.units
}

const asType = (value: Value, from: Type, to: Type): Value => {
  if (value === null || !['int', 'long', 'decimal', 'double'].includes(to.type)) return value
  return isDouble(to) ? finite(nearest(value, from)) : fitted(exact(value, from), to)
}

const order = <T>(p: T, q: T) => (p < q ? -1 : p > q ? 1 : 0)

/** −1, 0 or 1. */
const compared = (a: Value, b: Value, x: Type, y: Type): number => {
  if (x.type === 'string' || x.type === 'boolean') return a === b ? 0 : 1
  if (isDouble(x) || isDouble(y)) return order(nearest(a, x), nearest(b, y))
  const scale = Math.max(x.scale ?? 0, y.scale ?? 0)
  return order(at(exact(a, x), scale), at(exact(b, y), scale))
}

const down = (x: bigint, by: bigint) => {
  let quotient = x / by
  while (quotient * by > x) quotient -= 1n
  return quotient
}

const dayMicros = 86_400_000_000n
const first = BigInt(new Date('0001-01-01T00:00:00Z').getTime()) * 1000n
const last = BigInt(new Date('9999-12-31T23:59:59Z').getTime()) * 1000n + 999_999n

const instant = (micros: bigint) => (micros < first || micros > last ? null : micros)
const calendar = (value: Value, { type }: Type) => {
  const micros = type === 'date' ? BigInt(value ?? 0) * dayMicros : BigInt(value ?? 0)
  return new Date(Number(down(micros, 1000n)))
}

const withoutNulls = ({ op, args, ...type }: OperatorNode, values: readonly Value[]): Value => {
  const [x, y] = [args[0] ?? type, args[1] ?? type]
  const [a = null, b = null] = values
  const scales = (x.scale ?? 0) + (y.scale ?? 0)
  const larger = Math.max(x.scale ?? 0, y.scale ?? 0)
  switch (op) {
    case 'plus':
      if (isDouble(type)) return finite(nearest(a, x) + nearest(b, y))
      return fitted({ units: at(exact(a, x), larger) + at(exact(b, y), larger), scale: larger }, type)
    case 'minus':
      if (isDouble(type)) return finite(nearest(a, x) - nearest(b, y))
      return fitted({ units: at(exact(a, x), larger) - at(exact(b, y), larger), scale: larger }, type)
    case 'times':
      if (isDouble(type)) return finite(nearest(a, x) * nearest(b, y))
      return fitted({ units: exact(a, x).units * exact(b, y).units, scale: scales }, type)
    case 'per':
      return finite(nearest(a, x) / nearest(b, y))
    case 'absolute':
      if (isDouble(type)) return finite(Math.abs(nearest(a, x)))
      return exact(a, x).units < 0n ? fitted({ ...exact(a, x), units: -exact(a, x).units }, type) : a
    case 'floor': {
      if (isDouble(x)) return fitted({ units: BigInt(Math.floor(nearest(a, x))), scale: 0 }, type)
      return fitted({ units: down(exact(a, x).units, 10n ** BigInt(x.scale ?? 0)), scale: 0 }, type)
    }
    case 'clamp': {
      const [value = null, min = null, max = null] = values.map((each, n) => asType(each, args[n] ?? type, type))
      if (value === null || min === null || max === null) return null
      if (compared(value, min, type, type) < 0) return min
      return compared(value, max, type, type) > 0 ? max : value
    }
    case 'bucket': {
      const double = args.some(isDouble)
      const from = (n: number): Value => (double ? nearest(values[n] ?? null, args[n] ?? type) : (values[n] ?? null))
      const kind = (n: number): Type => (double ? { type: 'double' } : (args[n] ?? type))
      return args.filter((_, n) => n > 0 && compared(from(0), from(n), kind(0), kind(n)) >= 0).length
    }
    case 'log':
      return nearest(a, x) > 0 ? finite(Math.log(nearest(a, x))) : null
    case 'square_root':
      return finite(Math.sqrt(nearest(a, x)))
    case 'above':
      return compared(a, b, x, y) > 0
    case 'below':
      return compared(a, b, x, y) < 0
    case 'is':
      return compared(a, b, x, y) === 0
    case 'one_of':
      return values.slice(1).some((value, n) => compared(a, value, x, args[n + 1] ?? x) === 0)
    case 'not':
      return a === false
    case 'length':
      return Array.from(String(a)).length
    case 'concat':
      return values.join('')
    case 'hour':
      return calendar(a, x).getUTCHours()
    case 'weekday':
      return calendar(a, x).getUTCDay() === 0 ? 7 : calendar(a, x).getUTCDay()
    case 'day':
      return calendar(a, x).getUTCDate()
    case 'month':
      return calendar(a, x).getUTCMonth() + 1
    case 'year':
      return calendar(a, x).getUTCFullYear()
    case 'date':
      return Number(down(BigInt(a ?? 0), dayMicros))
    case 'midnight':
      return BigInt(a ?? 0) * dayMicros
    case 'minutes_since':
      return fitted({ units: down(BigInt(a ?? 0) - BigInt(b ?? 0), 60_000_000n), scale: 0 }, type)
    case 'days_since':
      return Number(a) - Number(b)
    case 'after':
      return instant(BigInt(a ?? 0) + BigInt(b ?? 0) * 1000n)
    case 'after_minutes':
      return instant(BigInt(a ?? 0) + BigInt(b ?? 0) * 60_000_000n)
    case 'after_days': {
      const day = BigInt(a ?? 0) + BigInt(b ?? 0)
      return instant(day * dayMicros) === null ? null : Number(day)
    }
    default:
      throw new Error(`nothing is written of ${op}`)
  }
}

/** The value of a tree for a row. */
export const evaluate = (node: Node, row: Values): Value => {
  if (node.op === 'column') {
    const value = row[node.name] ?? null
    return typeof value === 'number' && isDouble(node) ? finite(value) : value
  }
  if (node.op === 'literal') return constant(node)
  const values = node.args.map((arg) => evaluate(arg, row))
  const [a = null, b = null, c = null] = values
  const [x = node, y = node, z = node] = node.args
  switch (node.op) {
    case 'missing':
      return a === null
    case 'and':
      return a === false || b === false ? false : a === null || b === null ? null : true
    case 'or':
      return a === true || b === true ? true : a === null || b === null ? null : false
    case 'choose':
      return a === true ? asType(b, y, node) : asType(c, z, node)
    case 'or_else':
      return asType(a, x, node) ?? asType(b, y, node)
    default:
      return values.includes(null) ? null : withoutNulls(node, values)
  }
}

const constant = ({ type, scale = 0, value }: Extract<Node, { op: 'literal' }>): Value => {
  if (typeof value !== 'string' || type === 'string') return value
  switch (type) {
    case 'decimal': {
      const [whole = '', fraction = ''] = value.split('.')
      return BigInt(`${whole}${fraction.padEnd(scale, '0')}`)
    }
    case 'timestamp':
      return BigInt(Date.parse(value)) * 1000n
    case 'date':
      return Date.parse(`${value}T00:00:00Z`) / 86_400_000
    default:
      return BigInt(value)
  }
}
