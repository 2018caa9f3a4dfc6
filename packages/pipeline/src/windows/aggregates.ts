import type { Duration } from '../duration.ts'
import type { Expression } from '../expression/expression.ts'
import type { Node } from '../expression/node.ts'
import type { Kind, Type } from '../value.ts'

export const aggregates = ['count', 'sum', 'mean', 'share', 'min', 'max'] as const
export type Aggregate = (typeof aggregates)[number]

/** A feature over a window. `of` is null for count, which counts rows. */
export interface WindowFeature<K extends Kind = Kind> extends Type {
  readonly aggregate: Aggregate
  readonly type: K
  readonly of: Node | null
  readonly over: Duration
}

/** An aggregate that still needs its window. */
export interface Windowable<K extends Kind> {
  over(length: Duration): WindowFeature<K>
}

const windowable = <K extends Kind>(aggregate: Aggregate, type: K, of: Node | null): Windowable<K> => ({
  over: (length) => ({
    aggregate,
    type,
    ...(type === 'decimal' && of?.scale !== undefined ? { scale: of.scale } : {}),
    of,
    over: length,
  }),
})

/** Rows in the window; 0 when it is empty. */
export const count = (): Windowable<'int'> => windowable('count', 'int', null)

/**
 * Exact sum of what is not null; null when there is nothing, or beyond 64 bits (a decimal: beyond 18 digits). Sums of
 * doubles depend on their order and are refused.
 */
export function sum<K extends 'int' | 'long' | 'boolean' | 'decimal'>(
  x: Expression<K>,
): Windowable<K extends 'decimal' ? 'decimal' : 'long'>
export function sum({ node }: Expression<'int' | 'long' | 'boolean' | 'decimal'>): Windowable<Kind> {
  return windowable('sum', node.type === 'decimal' ? 'decimal' : 'long', node)
}

/** Exact sum ÷ count of what is not null; null when there is nothing. */
export const mean = (x: Expression<'int' | 'long' | 'decimal'>): Windowable<'double'> =>
  windowable('mean', 'double', x.node)

/** How often it is true, of the times that it is not null: 0 to 1; null when there is nothing. */
export const share = (x: Expression<'boolean'>): Windowable<'double'> => windowable('share', 'double', x.node)

type Ordered = 'int' | 'long' | 'decimal' | 'double' | 'timestamp' | 'date'

/** The smallest that is not null; null when there is nothing. */
export function min<K extends Ordered>(x: Expression<K>): Windowable<K>
export function min({ node }: Expression<Ordered>): Windowable<Kind> {
  return windowable('min', node.type, node)
}

/** The largest that is not null; null when there is nothing. */
export function max<K extends Ordered>(x: Expression<K>): Windowable<K>
export function max({ node }: Expression<Ordered>): Windowable<Kind> {
  return windowable('max', node.type, node)
}
