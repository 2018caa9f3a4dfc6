import type { Duration } from '../duration.ts'
import type { Expression } from '../expression/expression.ts'
import type { Node } from '../expression/node.ts'
import type { Kind, Type } from '../value.ts'

export const aggregates = ['count', 'sum', 'mean', 'share', 'min', 'max'] as const
export type Aggregate = (typeof aggregates)[number]

/** What each aggregate takes, on both engines. */
export const aggregatedKinds = {
  sum: ['int', 'long', 'boolean', 'decimal'],
  mean: ['int', 'long', 'decimal'],
  share: ['boolean'],
  min: ['int', 'long', 'decimal', 'double', 'timestamp', 'date'],
  max: ['int', 'long', 'decimal', 'double', 'timestamp', 'date'],
} as const satisfies Readonly<Record<Exclude<Aggregate, 'count'>, readonly Kind[]>>
type Aggregated<A extends keyof typeof aggregatedKinds> = (typeof aggregatedKinds)[A][number]

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
export function sum<K extends Aggregated<'sum'>>(x: Expression<K>): Windowable<K extends 'decimal' ? 'decimal' : 'long'>
export function sum({ node }: Expression<Aggregated<'sum'>>): Windowable<Kind> {
  return windowable('sum', node.type === 'decimal' ? 'decimal' : 'long', node)
}

/** Exact sum ÷ count of what is not null; null when there is nothing. */
export const mean = (x: Expression<Aggregated<'mean'>>): Windowable<'double'> => windowable('mean', 'double', x.node)

/** How often it is true, of the times that it is not null: 0 to 1; null when there is nothing. */
export const share = (x: Expression<Aggregated<'share'>>): Windowable<'double'> => windowable('share', 'double', x.node)

/** The smallest that is not null; null when there is nothing. */
export function min<K extends Aggregated<'min'>>(x: Expression<K>): Windowable<K>
export function min({ node }: Expression<Aggregated<'min'>>): Windowable<Kind> {
  return windowable('min', node.type, node)
}

/** The largest that is not null; null when there is nothing. */
export function max<K extends Aggregated<'max'>>(x: Expression<K>): Windowable<K>
export function max({ node }: Expression<Aggregated<'max'>>): Windowable<Kind> {
  return windowable('max', node.type, node)
}
