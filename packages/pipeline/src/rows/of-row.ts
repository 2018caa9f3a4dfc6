import { compile } from '../expression/compile.ts'
import type { AnyExpression } from '../expression/expression.ts'
import type { FeatureGroup } from '../feature-group.ts'
import type { Value, Values } from '../value.ts'
import type { WindowGroup } from '../windows/windowed.ts'

type Instant = (row: Values) => bigint | null

const instant = ({ node }: Pick<AnyExpression, 'node'>): Instant => {
  const compiled = compile(node)
  return (row) => {
    const value = compiled(row)
    return typeof value === 'bigint' ? value : null
  }
}

/** When the outcome of a row (its columns) is known, in microseconds; null for a row that is in no window. */
export const clockOf = (group: WindowGroup): Instant => instant(group.clock)

/** When a prediction is asked for, in microseconds. The validator lets no row pass for which it is null. */
export const eventTimeOf = (group: FeatureGroup): Instant => instant(group.eventTime)

/** Values as one text; different values give different texts. */
const joined = (values: readonly Value[]) =>
  values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value))).join(',')

/**
 * What names a row: of a group its `key`, of a window group the key of the windows that the row is in. Equal texts mean
 * equal keys.
 */
export const keyOf = (group: FeatureGroup | WindowGroup): ((row: Values) => string) => {
  if ('by' in group) return (row) => joined(group.by.map((name) => row[name] ?? null))
  const parts = group.key.map((name) => group.features[name]?.node ?? ({ op: 'column', type: 'string', name } as const))
  const compiled = parts.map(compile)
  return (row) => joined(compiled.map((part) => part(row)))
}
