import type { Schema } from '../columns.ts'
import type { Duration } from '../duration.ts'
import type { AnyExpression, Expression } from '../expression/expression.ts'
import type { Derived, Everything, FeatureGroup } from '../feature-group.ts'
import { everythingOf } from '../feature-group.ts'
import { anExpression, anObjectOf, attempted } from '../problems/attempted.ts'
import type { Problem } from '../problems/invalid-pipeline.ts'
import type { WindowFeature } from './aggregates.ts'

export type WindowFeatures = Readonly<Record<string, WindowFeature>>

/** Features over windows of a group's rows, by a key, on a grid of tiles. */
export interface WindowGroup<
  N extends string = string,
  B extends string = string,
  A extends WindowFeatures = WindowFeatures,
> {
  readonly name: N
  readonly of: FeatureGroup
  readonly by: readonly B[]
  readonly clock: Pick<AnyExpression, 'node'>
  readonly every: Duration
  readonly maxAge: Duration
  readonly features: A
  /** What went wrong in its functions: `definePipeline` lists it. */
  readonly problems?: readonly Problem[]
}

/** Columns that may key a group that is read online: TIMESTAMP may not in Hopsworks, and doubles and booleans should not. */
type KeyColumn<S extends Schema> = {
  [N in keyof S & string]: S[N]['kind'] extends 'string' | 'int' | 'long' ? N : never
}[keyof S & string]

export interface WindowedSpec<S extends Schema, D extends Derived, By, A extends WindowFeatures> {
  /** Groups by name, each with the columns that key it. */
  readonly by: By
  /** When a row's outcome is known: from then on windows see it. A row whose clock is null is in no window. */
  readonly clock: (row: Everything<S, D>) => Expression<'timestamp'>
  /** Length of a tile; every window is a whole number of tiles. */
  readonly every: Duration
  /** How far behind the data may be when a prediction is made. */
  readonly maxAge: Duration
  readonly features: (row: Everything<S, D>) => A
}

/** Declares windowed features of a group's rows, one group for each entry of `by`. */
export function windowed<
  S extends Schema,
  D extends Derived,
  const By extends Readonly<Record<string, readonly KeyColumn<S>[]>>,
  A extends WindowFeatures,
>(
  of: FeatureGroup<string, S, D>,
  spec: WindowedSpec<S, D, By, A>,
): { readonly [N in keyof By & string]: WindowGroup<N, By[N][number], A> }
export function windowed<S extends Schema, D extends Derived>(
  of: FeatureGroup<string, S, D>,
  spec: WindowedSpec<S, D, Readonly<Record<string, readonly string[]>>, WindowFeatures>,
): unknown {
  const row = () => everythingOf(of.columns, of.features)
  const { every, maxAge } = spec
  return Object.fromEntries(
    Object.entries(spec.by).map(([name, by]) => {
      const problems: Problem[] = []
      const clock = attempted(problems, `${name}.clock`, anExpression, spec.clock, row)
      const features = attempted(
        problems,
        `${name}.features`,
        anObjectOf<WindowFeature>('aggregates'),
        spec.features,
        row,
      )
      return [name, { name, of, by, clock, every, maxAge, features, problems }]
    }),
  )
}
