import type { Kind, Type } from '../value.ts'
import type { Node, Operator } from './node.ts'

const numbers: readonly Kind[] = ['int', 'long', 'decimal', 'double']
/** Whether values of a type are numbers, which widen. */
export const isNumber = ({ type }: Type): boolean => numbers.includes(type)
const scaleOf = ({ type, scale = 0 }: Type) => (type === 'decimal' ? scale : 0)

const typed = (type: Kind, scale: number): Type => (type === 'decimal' ? { type, scale } : { type })

/** The kind that holds numbers of all of these. */
export const widest = (types: readonly Type[]): Type => {
  const at = Math.max(...types.map(({ type }) => numbers.indexOf(type)))
  return typed(numbers[at] ?? 'double', Math.max(...types.map(scaleOf)))
}

type Signature = (args: readonly Node[]) => Type | undefined

const signature =
  (kinds: readonly (readonly Kind[])[], result: Kind): Signature =>
  (args) =>
    args.length === kinds.length && args.every(({ type }, at) => kinds[at]?.includes(type))
      ? { type: result }
      : undefined

const arithmetic: Signature = (args) => (args.length === 2 && args.every(isNumber) ? widest(args) : undefined)

const product: Signature = (args) => {
  const type = arithmetic(args)?.type
  return (
    type &&
    typed(
      type,
      args.map(scaleOf).reduce((a, b) => a + b, 0),
    )
  )
}

const ofNumber =
  (result: (x: Type) => Type): Signature =>
  ([x, ...others]) =>
    x && isNumber(x) && others.length === 0 ? result(x) : undefined

/** One type for both: numbers widen, anything else must be of the same kind. */
const common: Signature = (args) => {
  const [x, y] = args
  if (!x || !y || args.length !== 2) return undefined
  if (isNumber(x) && isNumber(y)) return widest(args)
  return x.type === y.type ? { type: x.type } : undefined
}

const comparison =
  (ordered: boolean): Signature =>
  (args) => {
    const type = common(args)?.type
    const unordered = type === undefined || (ordered && (type === 'string' || type === 'boolean'))
    return unordered ? undefined : { type: 'boolean' }
  }

const constants = (args: readonly Node[]) => args.every(({ op }) => op === 'literal')

const oneOf: Signature = ([x, ...values]) => {
  const kinds: readonly Kind[] = x?.type === 'long' ? ['int', 'long'] : x?.type === 'int' ? ['int'] : ['string']
  const alike = x && [x, ...values].every(({ type }) => kinds.includes(type))
  return alike && values.length > 0 && constants(values) ? { type: 'boolean' } : undefined
}

const bounded =
  (enough: (count: number) => boolean, result: (types: readonly Node[]) => Type): Signature =>
  (args) =>
    args.every(isNumber) && enough(args.length) && constants(args.slice(1)) ? result(args) : undefined

const int = (): Type => ({ type: 'int' })
const double = (): Type => ({ type: 'double' })
const wholes: readonly Kind[] = ['int', 'long', 'double']
const days: readonly Kind[] = ['timestamp', 'date']

const signatures: Readonly<Record<Operator, Signature>> = {
  plus: arithmetic,
  minus: arithmetic,
  times: product,
  per: (args) => arithmetic(args) && double(),
  absolute: ofNumber(({ type, scale = 0 }) => typed(type, scale)),
  floor: ofNumber(({ type }) => ({ type: type === 'double' ? 'int' : type === 'decimal' ? 'long' : type })),
  clamp: bounded((count) => count === 3, widest),
  bucket: bounded((count) => count > 1, int),
  log: ofNumber(double),
  square_root: ofNumber(double),
  above: comparison(true),
  below: comparison(true),
  is: comparison(false),
  one_of: oneOf,
  missing: (args) => (args.length === 1 ? { type: 'boolean' } : undefined),
  and: signature([['boolean'], ['boolean']], 'boolean'),
  or: signature([['boolean'], ['boolean']], 'boolean'),
  not: signature([['boolean']], 'boolean'),
  choose: ([condition, ...choices]) => (condition?.type === 'boolean' ? common(choices) : undefined),
  or_else: common,
  length: signature([['string']], 'int'),
  concat: (args) => (args.length > 1 && args.every(({ type }) => type === 'string') ? { type: 'string' } : undefined),
  hour: signature([['timestamp']], 'int'),
  weekday: signature([days], 'int'),
  day: signature([days], 'int'),
  month: signature([days], 'int'),
  year: signature([days], 'int'),
  date: signature([['timestamp']], 'date'),
  midnight: signature([['date']], 'timestamp'),
  minutes_since: signature([['timestamp'], ['timestamp']], 'int'),
  days_since: signature([['date'], ['date']], 'int'),
  after: (args) => (constants(args.slice(1)) ? signature([['timestamp'], wholes], 'timestamp')(args) : undefined),
  after_minutes: signature([['timestamp'], ['int']], 'timestamp'),
  after_days: signature([['date'], ['int']], 'date'),
}

/** What an operator of such arguments is; undefined if it does not take them, or is not known. */
export const typeOf = (op: Operator, args: readonly Node[]): Type | undefined =>
  Object.hasOwn(signatures, op) ? signatures[op](args) : undefined
