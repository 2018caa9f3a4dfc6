import type { FeatureGroup } from '../feature-group.ts'
import { layered } from './layers.ts'
import { quoted } from './sql-text.ts'

/**
 * The row function in Spark 3.5: the group's columns and features of every row of a table, whose columns are named and
 * typed as the contract says. To be run under {@link sparkSettings}.
 */
export const rowsSql = ({ columns, features }: FeatureGroup, table: string): string =>
  layered(
    quoted(table),
    Object.keys(columns),
    Object.fromEntries(Object.entries(features).map(([name, { node }]) => [name, node])),
  )
