import type { GroupDefinition } from '@hopline/pipeline'
import type { RefusedRow } from '../quarantine.ts'
import type { Refusal } from './group-writes.ts'

/** Rows that a group of Hopsworks cannot hold, from all rounds of a publish: each once, as it was last. */
export const refusals = () => {
  const found = new Map<string, Map<string, RefusedRow>>()
  return {
    add: ({ name, features, eventTime }: GroupDefinition, { values, error }: Refusal, row: number | null) => {
      const ofGroup = found.get(name) ?? new Map<string, RefusedRow>()
      found.set(name, ofGroup)
      const keys = features.filter(({ primary }) => primary).map((key) => key.name)
      const place = [...keys, eventTime].map((column) => String(values[column])).join('|')
      const reason = error.code === 'TOO_LARGE' ? 'too-large' : 'bad-key'
      ofGroup.set(place, { row, group: name, reason, detail: error.message, original: values })
    },
    counts: () => Object.fromEntries([...found].map(([name, rows]) => [name, rows.size])),
    *rows() {
      for (const ofGroup of found.values()) yield* ofGroup.values()
    },
  }
}
