import { compile } from '../expression/compile.ts'
import type { FeatureGroup } from '../feature-group.ts'
import type { Values } from '../value.ts'
import { readValue } from './read-value.ts'
import { isRefusal } from './refusal.ts'
import type { Refusal } from './refusal.ts'

export type Validated =
  | { readonly ok: true; readonly row: Values }
  | ({ readonly ok: false; readonly column: string } & Refusal)

/**
 * Checks one row of a source: what a Parquet reader gives (numbers, bigints, Dates, text) or a CSV reader (text). An
 * accepted row holds the contract's columns in their kinds; a refused one names the first column at fault, by its name in
 * the contract.
 */
export const rowValidator = (group: FeatureGroup): ((raw: Readonly<Record<string, unknown>>) => Validated) => {
  const columns = Object.entries(group.columns).map(([name, column]) => ({
    name,
    source: column.options.column ?? name,
    read: readValue(column),
  }))
  const keys = group.key.flatMap((name) => {
    const feature = group.features[name]
    return feature ? [{ name, value: compile(feature.node) }] : []
  })
  const needed = [...keys, { name: 'event time', value: compile(group.eventTime.node) }]
  return (raw) => {
    const row: Values = {}
    for (const { name, source, read } of columns) {
      const result = read(Object.hasOwn(raw, source) ? raw[source] : undefined)
      if (isRefusal(result)) return { ok: false, column: name, ...result }
      row[name] = result
    }
    for (const { name, value } of needed) {
      if (value(row) === null)
        return { ok: false, column: name, reason: 'null', detail: 'cannot be computed from the row' }
    }
    return { ok: true, row }
  }
}
