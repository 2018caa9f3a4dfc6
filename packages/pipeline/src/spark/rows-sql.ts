import type { Node } from '../expression/node.ts'
import { layered } from './layers.ts'
import { quoted } from './sql-text.ts'

/** What a row function is made of: names of columns, and trees. A feature group is one. */
export interface RowFeatures {
  readonly columns: object
  readonly features: Readonly<Record<string, { readonly node: Node }>>
}

/**
 * The row function in Spark 3.5: the group's columns and features of every row of a table, whose columns are named and
 * typed as the contract says. `kept` are further columns of the table that the result has, first. To be run under
 * {@link sparkSettings}.
 */
export const rowsSql = ({ columns, features }: RowFeatures, table: string, kept: readonly string[] = []): string =>
  layered(
    quoted(table),
    [...kept, ...Object.keys(columns)],
    Object.fromEntries(Object.entries(features).map(([name, { node }]) => [name, node])),
  )
