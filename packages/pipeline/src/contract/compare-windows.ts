import { sameJson } from './canonical-json.ts'
import type { Contract } from './contract.ts'
import type { Difference } from './difference.ts'

type Windows = Contract['windows'][string]

const compareGroup = (path: string, before: Windows, after: Windows): Difference[] => {
  const changed = Object.entries({
    by: sameJson(before.by, after.by),
    clock: sameJson(before.clock, after.clock),
    every: before.everySeconds === after.everySeconds,
  }).flatMap(([part, same]) => (same ? [] : [part]))
  return [
    ...changed.map((part): Difference => ({
      path: `${path}.${part}`,
      verdict: 'new group version',
      words: 'is another one',
    })),
    ...Object.entries(after.features).flatMap(([name, feature]): Difference[] => {
      const known = before.features[name]
      if (!known) return [{ path: `${path}.features.${name}`, verdict: 'new schema version', words: 'is new' }]
      if (sameJson(known, feature)) return []
      return [{ path: `${path}.features.${name}`, verdict: 'new group version', words: 'is computed otherwise' }]
    }),
    ...Object.keys(before.features)
      .filter((name) => !Object.hasOwn(after.features, name))
      .map((name): Difference => ({
        path: `${path}.features.${name}`,
        verdict: 'new group version',
        words: 'is gone, and a table in use loses no column',
      })),
  ]
}

/** Differences in the window groups. */
export const compareWindows = ({ windows: before }: Contract, { windows: after }: Contract): Difference[] => [
  ...Object.entries(after).flatMap(([name, group]): Difference[] => {
    const known = before[name]
    if (!known) return [{ path: `windows.${name}`, verdict: 'compatible', words: 'is a new group' }]
    return compareGroup(`windows.${name}`, known, group)
  }),
  ...Object.keys(before)
    .filter((name) => !Object.hasOwn(after, name))
    .map((name): Difference => ({ path: `windows.${name}`, verdict: 'compatible', words: 'is no longer read' })),
]
