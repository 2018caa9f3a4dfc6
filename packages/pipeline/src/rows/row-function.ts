import { compile } from '../expression/compile.ts'
import type { FeatureGroup } from '../feature-group.ts'
import type { Values } from '../value.ts'

/** Whether a row has these members and no others, in this order, as the validator makes it: then it can be spread, which is fast. */
const isExactly = (names: readonly string[], row: Values): boolean => {
  let at = 0
  for (const name in row) if (name !== names[at++]) return false
  return at === names.length
}

/** Columns in, columns and derived features out. */
export const rowFunction = (group: FeatureGroup): ((row: Values) => Values) => {
  const columns = Object.keys(group.columns)
  const features = Object.entries(group.features).map(([name, { node }]) => [name, compile(node)] as const)
  const picked = (row: Values) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))
  return (row) => {
    const out = isExactly(columns, row) ? { ...row } : picked(row)
    for (const [name, value] of features) out[name] = value(row)
    return out
  }
}
