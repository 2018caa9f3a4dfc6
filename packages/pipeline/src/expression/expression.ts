import type { Duration } from '../duration.ts'
import type { Kind } from '../value.ts'
import type { Node } from './node.ts'

declare const kind: unique symbol
declare const uses: unique symbol

/** An expression of kind `K` that reads the source columns `U`: what it reads is part of its type, so leakage does not compile. */
export interface Expression<K extends Kind = Kind, U extends string = string> {
  readonly node: Node
  readonly [kind]: K
  readonly [uses]: U
}
export type AnyExpression = Expression
export type KindOf<E extends AnyExpression> = E[typeof kind]
export type UsesOf<E extends AnyExpression> = E[typeof uses]

export type NumberKind = 'int' | 'long' | 'decimal' | 'double'

/** What stands on the right of an operator: an expression, or a constant of its kind. */
type Constant<K extends Kind> = K extends 'int' | 'double'
  ? number
  : K extends 'long'
    ? number | bigint
    : K extends 'decimal'
      ? number | `${number}`
      : K extends 'boolean'
        ? boolean
        : string
type Operand<K extends Kind> = Expression<K> | Constant<K>
type NumberOperand = Expression<NumberKind> | number
type Uses<X> = X extends AnyExpression ? UsesOf<X> : never

type NumberKindOf<X> = X extends AnyExpression
  ? Extract<KindOf<X>, NumberKind>
  : X extends number
    ? `${X}` extends `${bigint}`
      ? 'int'
      : 'double'
    : X extends bigint
      ? 'long'
      : 'decimal'
type Wider<A, B> = 'double' extends A | B
  ? 'double'
  : 'decimal' extends A | B
    ? 'decimal'
    : 'long' extends A | B
      ? 'long'
      : 'int'
type Arithmetic<K, U extends string, X> = NumberExpression<Wider<K, NumberKindOf<X>>, U | Uses<X>>

/** What every expression has. */
interface Common<K extends Kind, U extends string> extends Expression<K, U> {
  /** Whether it is null; never null itself. */
  missing(): BooleanExpression<U>
}

/** Arithmetic: null if an operand is null, on division by 0, and when the result does not fit its kind. */
export interface NumberExpression<K extends NumberKind, U extends string> extends Common<K, U> {
  plus<X extends NumberOperand | Constant<K>>(x: X): Arithmetic<K, U, X>
  minus<X extends NumberOperand | Constant<K>>(x: X): Arithmetic<K, U, X>
  times<X extends NumberOperand | Constant<K>>(x: X): Arithmetic<K, U, X>
  /** The quotient as a double. */
  per<X extends NumberOperand | Constant<K>>(x: X): NumberExpression<'double', U | Uses<X>>
  absolute(): NumberExpression<K, U>
  /** The greatest integer that is not greater: of a double an int, of a decimal a long. */
  floor(): NumberExpression<K extends 'double' ? 'int' : K extends 'decimal' ? 'long' : K, U>
  above<X extends NumberOperand | Constant<K>>(x: X): BooleanExpression<U | Uses<X>>
  below<X extends NumberOperand | Constant<K>>(x: X): BooleanExpression<U | Uses<X>>
  atLeast<X extends NumberOperand | Constant<K>>(x: X): BooleanExpression<U | Uses<X>>
  atMost<X extends NumberOperand | Constant<K>>(x: X): BooleanExpression<U | Uses<X>>
  is<X extends NumberOperand | Constant<K>>(x: X): BooleanExpression<U | Uses<X>>
  oneOf(values: readonly (K extends 'int' | 'long' ? number : never)[]): BooleanExpression<U>
  /** `x` where this is null. */
  orElse<X extends NumberOperand | Constant<K>>(x: X): Arithmetic<K, U, X>
  /** The nearest value from `min` to `max`. */
  clamp<A extends number | Constant<K>, B extends number | Constant<K>>(
    min: A,
    max: B,
  ): NumberExpression<Wider<K, NumberKindOf<A> | NumberKindOf<B>>, U>
  /** How many of the ascending edges are not above: 0 to their number. */
  bucket(edges: readonly (number | Constant<K>)[]): NumberExpression<'int', U>
  /** Natural logarithm; null of what is not positive. */
  log(): NumberExpression<'double', U>
  /** Null of what is negative. */
  squareRoot(): NumberExpression<'double', U>
}

type AnyOperand = AnyExpression | number | string | boolean
type OperandKind<X> = X extends AnyExpression
  ? KindOf<X>
  : X extends number
    ? NumberKindOf<X>
    : X extends boolean
      ? 'boolean'
      : 'string'
/** What may stand beside `X` as the other choice. */
type Alike<X> = OperandKind<X> extends NumberKind ? NumberOperand : Operand<OperandKind<X>>
type Either<X, Y, U extends string> =
  OperandKind<X> extends NumberKind
    ? NumberExpression<Wider<OperandKind<X>, OperandKind<Y>>, U>
    : ExpressionOf<OperandKind<X>, U>

/** Three-valued logic, as in SQL. */
export interface BooleanExpression<U extends string> extends Common<'boolean', U> {
  and<V extends string>(x: Expression<'boolean', V>): BooleanExpression<U | V>
  or<V extends string>(x: Expression<'boolean', V>): BooleanExpression<U | V>
  not(): BooleanExpression<U>
  is<X extends Operand<'boolean'>>(x: X): BooleanExpression<U | Uses<X>>
  orElse<X extends Operand<'boolean'>>(x: X): BooleanExpression<U | Uses<X>>
  /** `x` where this is true, `y` where it is false or null. */
  choose<X extends AnyOperand, Y extends Alike<X>>(x: X, y: Y): Either<X, Y, U | Uses<X> | Uses<Y>>
}

/** Text: equal if its code points are; nothing folds case or normalises. */
export interface StringExpression<U extends string> extends Common<'string', U> {
  is<X extends Operand<'string'>>(x: X): BooleanExpression<U | Uses<X>>
  oneOf(values: readonly string[]): BooleanExpression<U>
  orElse<X extends Operand<'string'>>(x: X): StringExpression<U | Uses<X>>
  /** Code points. */
  length(): NumberExpression<'int', U>
  concat<X extends Operand<'string'>>(...parts: readonly X[]): StringExpression<U | Uses<X>>
}

/** Constants are ISO 8601 text with a zone. */
export interface TimestampExpression<U extends string> extends Common<'timestamp', U> {
  isAfter<X extends Operand<'timestamp'>>(x: X): BooleanExpression<U | Uses<X>>
  isBefore<X extends Operand<'timestamp'>>(x: X): BooleanExpression<U | Uses<X>>
  is<X extends Operand<'timestamp'>>(x: X): BooleanExpression<U | Uses<X>>
  orElse<X extends Operand<'timestamp'>>(x: X): TimestampExpression<U | Uses<X>>
  /** 0 to 23, UTC. */
  hour(): NumberExpression<'int', U>
  /** ISO 8601: 1 is Monday, 7 is Sunday; UTC. */
  weekday(): NumberExpression<'int', U>
  /** Day of the month, UTC. */
  day(): NumberExpression<'int', U>
  /** 1 to 12, UTC. */
  month(): NumberExpression<'int', U>
  year(): NumberExpression<'int', U>
  /** The day in UTC. */
  date(): DateExpression<U>
  after(length: Duration): TimestampExpression<U>
  before(length: Duration): TimestampExpression<U>
  afterMinutes<V extends string>(minutes: Expression<'int', V>): TimestampExpression<U | V>
  /** Whole minutes from `x` until this, rounded down. */
  minutesSince<X extends Operand<'timestamp'>>(x: X): NumberExpression<'int', U | Uses<X>>
}

/** Constants are ISO 8601 text: '2001-01-31'. */
export interface DateExpression<U extends string> extends Common<'date', U> {
  isAfter<X extends Operand<'date'>>(x: X): BooleanExpression<U | Uses<X>>
  isBefore<X extends Operand<'date'>>(x: X): BooleanExpression<U | Uses<X>>
  is<X extends Operand<'date'>>(x: X): BooleanExpression<U | Uses<X>>
  orElse<X extends Operand<'date'>>(x: X): DateExpression<U | Uses<X>>
  weekday(): NumberExpression<'int', U>
  day(): NumberExpression<'int', U>
  month(): NumberExpression<'int', U>
  year(): NumberExpression<'int', U>
  /** Its first instant, UTC. */
  midnight(): TimestampExpression<U>
  afterDays<X extends Operand<'int'>>(days: X): DateExpression<U | Uses<X>>
  daysSince<X extends Operand<'date'>>(x: X): NumberExpression<'int', U | Uses<X>>
}

/** The expression that a column or feature of kind `K` is. */
export type ExpressionOf<K extends Kind, U extends string> = K extends NumberKind
  ? NumberExpression<K, U>
  : K extends 'boolean'
    ? BooleanExpression<U>
    : K extends 'timestamp'
      ? TimestampExpression<U>
      : K extends 'date'
        ? DateExpression<U>
        : StringExpression<U>
