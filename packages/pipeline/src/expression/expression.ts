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

export type NumberKind = 'int' | 'long' | 'double'
type Wider<A, B> = 'double' extends A | B ? 'double' : 'long' extends A | B ? 'long' : 'int'
type LiteralKind<X extends number> = `${X}` extends `${bigint}` ? 'int' : 'double'

/** Arithmetic: null if an operand is null, on division by 0, and when the result does not fit its kind. */
export interface NumberExpression<K extends NumberKind, U extends string> extends Expression<K, U> {
  plus<X extends number>(x: X): NumberExpression<Wider<K, LiteralKind<X>>, U>
  plus<L extends NumberKind, V extends string>(x: Expression<L, V>): NumberExpression<Wider<K, L>, U | V>
  minus<X extends number>(x: X): NumberExpression<Wider<K, LiteralKind<X>>, U>
  minus<L extends NumberKind, V extends string>(x: Expression<L, V>): NumberExpression<Wider<K, L>, U | V>
  times<X extends number>(x: X): NumberExpression<Wider<K, LiteralKind<X>>, U>
  times<L extends NumberKind, V extends string>(x: Expression<L, V>): NumberExpression<Wider<K, L>, U | V>
  per(x: number): NumberExpression<'double', U>
  per<V extends string>(x: Expression<NumberKind, V>): NumberExpression<'double', U | V>
  above(x: number): BooleanExpression<U>
  above<V extends string>(x: Expression<NumberKind, V>): BooleanExpression<U | V>
  below(x: number): BooleanExpression<U>
  below<V extends string>(x: Expression<NumberKind, V>): BooleanExpression<U | V>
  /** The greatest integer that is not greater; of a double an int. */
  floor(): NumberExpression<K extends 'double' ? 'int' : K, U>
}

/** Three-valued logic, as in SQL. */
export interface BooleanExpression<U extends string> extends Expression<'boolean', U> {
  and<V extends string>(x: Expression<'boolean', V>): BooleanExpression<U | V>
  or<V extends string>(x: Expression<'boolean', V>): BooleanExpression<U | V>
  not(): BooleanExpression<U>
}

export interface StringExpression<U extends string> extends Expression<'string', U> {
  /** Equal code points. */
  is(x: string): BooleanExpression<U>
}

export interface TimestampExpression<U extends string> extends Expression<'timestamp', U> {
  /** 0 to 23, UTC. */
  hour(): NumberExpression<'int', U>
  /** ISO 8601: 1 is Monday, 7 is Sunday; UTC. */
  weekday(): NumberExpression<'int', U>
  after(length: Duration): TimestampExpression<U>
  before(length: Duration): TimestampExpression<U>
  afterMinutes<V extends string>(minutes: Expression<'int', V>): TimestampExpression<U | V>
}

/** The expression that a column or feature of kind `K` is. */
export type ExpressionOf<K extends Kind, U extends string> = K extends NumberKind
  ? NumberExpression<K, U>
  : K extends 'boolean'
    ? BooleanExpression<U>
    : K extends 'timestamp'
      ? TimestampExpression<U>
      : StringExpression<U>
