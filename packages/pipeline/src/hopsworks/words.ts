import type { Column } from '../columns.ts'
import type { Node } from '../expression/node.ts'
import { columnsRead } from '../expression/node.ts'
import type { FeatureGroup } from '../feature-group.ts'
import type { WindowFeature } from '../windows/aggregates.ts'

/** Parts of a description; undefined where there are none. */
const joined = (...parts: readonly (string | undefined)[]) => {
  const given = parts.filter((part) => part !== undefined)
  return given.length > 0 ? { description: given.join(', ') } : {}
}
const inUnit = (column: Column | undefined) => column?.options.unit && `in ${column.options.unit}`

/** What a column is, for people: its description and its unit. */
export const columnWords = (column: Column): { description?: string } =>
  joined(column.options.description, inUnit(column))

/** What a feature of a row is computed from. */
export const featureWords = (node: Node): { description?: string } => {
  const read = [...columnsRead(node)]
  return joined(read.length > 0 ? `computed from ${read.join(', ')}` : undefined)
}

/** What a feature over a window is: 'mean of delay over 3 hours, in minutes'. */
export const windowWords = ({ aggregate, of, over }: WindowFeature, rows: FeatureGroup): { description?: string } => {
  if (of === null) return joined(`rows over ${over}`)
  const feature = Object.entries(rows.features).find(([, { node }]) => node === of)?.[0]
  const name = of.op === 'column' ? of.name : (feature ?? 'a value')
  return joined(`${aggregate} of ${name} over ${over}`, inUnit(rows.columns[name]))
}
