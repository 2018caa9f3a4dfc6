import { compile } from '../expression/compile.ts'
import type { FeatureGroup } from '../feature-group.ts'
import type { Values } from '../value.ts'

/** Columns in, columns and derived features out. */
export const rowFunction = (group: FeatureGroup): ((row: Values) => Values) => {
  const columns = Object.keys(group.columns)
  const features = Object.entries(group.features).map(([name, { node }]) => [name, compile(node)] as const)
  return (row) => {
    const out: Values = {}
    for (const name of columns) out[name] = row[name] ?? null
    for (const [name, value] of features) out[name] = value(row)
    return out
  }
}
