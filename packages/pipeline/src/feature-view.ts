import type { NullableIn, Schema } from './columns.ts'
import type { NumberKind } from './expression/expression.ts'
import type { Derived, FeatureGroup, KindIn, NamesOf, UsesIn } from './feature-group.ts'
import type { JsonOf } from './value.ts'
import type { WindowGroup } from './windows/windowed.ts'

declare const request: unique symbol
declare const vector: unique symbol

type Flat<T> = { [K in keyof T]: T[K] }
type Merge<U> = (U extends unknown ? (x: U) => void : never) extends (x: infer I) => void ? I : never

/** Names whose every source column is in the request. */
type Known<S extends Schema, D extends Derived, R> = {
  [N in NamesOf<S, D>]: UsesIn<S, D, N> extends R ? N : never
}[NamesOf<S, D>]

type Joined<J> =
  J extends WindowGroup<infer N, string, infer A>
    ? { [F in keyof A & string as `${N}_${F}`]: JsonOf<A[F]['type']> | null }
    : never

/** What a model is trained on and asked with. */
export interface FeatureView<N extends string = string, Request = unknown, Vector = unknown> {
  readonly name: N
  readonly version: number
  readonly spine: FeatureGroup
  readonly label: string
  readonly request: readonly string[]
  readonly features: readonly string[]
  readonly join: readonly WindowGroup[]
  readonly stale: 'null' | 'refuse'
  readonly [request]: Request
  readonly [vector]: Vector
}

export interface FeatureViewSpec<L, R extends string, F, J> {
  /** Of the views in Hopsworks, 1 by default: a view that is there keeps its features, so others need the next version. */
  readonly version?: number
  readonly label: L
  /** Columns that the caller sends. */
  readonly request: readonly R[]
  /** Features (or columns) computed from the request alone. */
  readonly features: readonly F[]
  /** Groups that are read from the online store. */
  readonly join: readonly J[]
  /** What becomes of features older than their group's `maxAge`: null by default, or the prediction is refused. */
  readonly stale?: 'null' | 'refuse'
}

/** Declares what a model is trained on and asked with: features of the request in their order, then those of the joins. */
export function featureView<
  const N extends string,
  S extends Schema,
  D extends Derived,
  R extends keyof S & string,
  F extends Known<S, D, R>,
  J extends WindowGroup<string, NoInfer<R>>,
>(
  name: N,
  spine: FeatureGroup<string, S, D>,
  spec: FeatureViewSpec<NamesOf<S, D, 'boolean' | NumberKind>, R, F, J>,
): FeatureView<
  N,
  Flat<
    { [K in Exclude<R, NullableIn<S>>]: JsonOf<S[K]['kind']> } & {
      [K in R & NullableIn<S>]?: JsonOf<S[K]['kind']> | null
    }
  >,
  Flat<{ [K in F]: JsonOf<KindIn<S, D, K>> | null } & Merge<Joined<J>>>
>
export function featureView(name: string, spine: FeatureGroup, spec: object): unknown {
  return { name, version: 1, spine, stale: 'null', ...spec }
}

export type RequestIn<V extends FeatureView> = V[typeof request]
export type VectorIn<V extends FeatureView> = V[typeof vector]
