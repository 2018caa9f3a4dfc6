import type { Row, Schema } from './columns.ts'
import { rowOf, typeOfColumn, withAnyName } from './columns.ts'
import type { AnyExpression, Expression, ExpressionOf, KindOf, UsesOf } from './expression/expression.ts'
import type { Node } from './expression/node.ts'
import { anExpression, anObjectOf, attempted } from './problems/attempted.ts'
import type { Problem } from './problems/invalid-pipeline.ts'
import type { Source } from './sources.ts'
import type { Kind } from './value.ts'

/** Features computed from one row, by name. */
export type Derived = Readonly<Record<string, AnyExpression>>

/** Columns and features as expressions. */
export type Everything<S extends Schema, D extends Derived> = Row<S> & {
  readonly [N in keyof D & string]: ExpressionOf<KindOf<D[N]>, UsesOf<D[N]>>
}

export type KindIn<S extends Schema, D extends Derived, N> = N extends keyof S
  ? S[N]['kind']
  : N extends keyof D
    ? KindOf<D[N]>
    : never
export type UsesIn<S extends Schema, D extends Derived, N> = N extends keyof S
  ? N
  : N extends keyof D
    ? UsesOf<D[N]>
    : never

/** Names of the columns and features of some kinds. */
export type NamesOf<S extends Schema, D extends Derived, K extends Kind = Kind> = {
  [N in (keyof S | keyof D) & string]: KindIn<S, D, N> extends K ? N : never
}[(keyof S | keyof D) & string]

/** Rows of a source and the features of each row. */
export interface FeatureGroup<N extends string = string, S extends Schema = Schema, D extends Derived = Derived> {
  readonly name: N
  readonly from: readonly Source[]
  readonly columns: S
  readonly features: D
  readonly key: readonly string[]
  readonly eventTime: Pick<AnyExpression, 'node'>
  /** What went wrong in its functions: {@link definePipeline} lists it. */
  readonly problems: readonly Problem[]
}

export interface FeatureGroupSpec<S extends Schema, D extends Derived> {
  readonly from: readonly Source[]
  readonly columns: S
  readonly features: (row: Row<S>) => D
  /** What names a row: of two accepted rows with the same key the newer one counts. */
  readonly key: readonly NoInfer<(keyof S | keyof D) & string>[]
  /** When a prediction is asked for; a column or a feature. Training sees nothing newer. */
  readonly eventTime: (row: Everything<S, D>) => Expression<'timestamp'>
}

/** Columns and features of a group as expressions. */
export function everythingOf<S extends Schema, D extends Derived>(columns: S, features: D): Everything<S, D>
export function everythingOf(columns: Schema, features: Derived): unknown {
  return withAnyName({ ...rowOf(columns), ...features })
}

/** The tree of a column or feature of a group, if there is one. */
export const treeOf = ({ columns, features }: FeatureGroup, name: string): Node | undefined => {
  if (Object.hasOwn(columns, name) && columns[name]) return { op: 'column', ...typeOfColumn(columns[name]), name }
  return Object.hasOwn(features, name) ? features[name]?.node : undefined
}

/** Declares rows and their features; {@link definePipeline} says what is wrong with the declaration. */
export function featureGroup<const N extends string, S extends Schema, D extends Derived>(
  name: N,
  spec: FeatureGroupSpec<S, D>,
): FeatureGroup<N, S, D>
export function featureGroup(name: string, spec: FeatureGroupSpec<Schema, Derived>): FeatureGroup {
  const { from, columns, key } = spec
  const problems: Problem[] = []
  const row = () => rowOf(columns)
  const features = attempted(problems, `${name}.features`, anObjectOf<AnyExpression>('expressions'), spec.features, row)
  const everything = () => everythingOf(columns, features)
  const eventTime = attempted(problems, `${name}.eventTime`, anExpression, spec.eventTime, everything)
  return { name, from, columns, features, key, eventTime, problems }
}
