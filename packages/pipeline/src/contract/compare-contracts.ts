import { sameJson } from './canonical-json.ts'
import { compareRequests } from './compare-requests.ts'
import { compareWindows } from './compare-windows.ts'
import type { Contract, ContractFeature } from './contract.ts'
import type { Difference, Verdict } from './difference.ts'
import { verdicts } from './difference.ts'

/** What becomes of a contract in use when another takes its place. */
export interface Comparison {
  /** That of the gravest difference; compatible if there is none. */
  readonly verdict: Verdict
  readonly differences: readonly Difference[]
}

const compareFeature = (inUse: ContractFeature, next: ContractFeature): Difference[] => {
  const path = `features.${next.name}`
  if (inUse.from !== next.from) {
    return [
      { path, verdict: 'refused', words: `comes from ${next.from} and came from ${inUse.from}: give it another name` },
    ]
  }
  if ('value' in inUse && 'value' in next) {
    return sameJson(inUse.value, next.value)
      ? []
      : [{ path, verdict: 'new group version', words: 'is computed otherwise' }]
  }
  if ('maxAgeSeconds' in inUse && 'maxAgeSeconds' in next && inUse.maxAgeSeconds !== next.maxAgeSeconds) {
    const words = `may be ${next.maxAgeSeconds} seconds old, not ${inUse.maxAgeSeconds}`
    return [{ path, verdict: 'compatible', words }]
  }
  return []
}

const compareFeatures = (inUse: Contract, next: Contract): Difference[] => {
  const before = new Map(inUse.features.map((feature) => [feature.name, feature]))
  const after = new Map(next.features.map((feature) => [feature.name, feature]))
  const kept = (contract: Contract) =>
    contract.features.map(({ name }) => name).filter((name) => before.has(name) && after.has(name))
  return [
    ...[...after.values()].flatMap((feature): Difference[] => {
      const known = before.get(feature.name)
      if (known) return compareFeature(known, feature)
      if (feature.from !== 'request') return [] // its group says so
      return [{ path: `features.${feature.name}`, verdict: 'new schema version', words: 'is new' }]
    }),
    ...[...before.keys()]
      .filter((name) => !after.has(name))
      .map((name): Difference => ({
        path: `features.${name}`,
        verdict: 'compatible',
        words: 'is no longer asked for',
      })),
    ...(sameJson(kept(inUse), kept(next))
      ? []
      : [{ path: 'features', verdict: 'compatible', words: 'stand in another order' } satisfies Difference]),
  ]
}

const compareViews = (
  { views: { serving: before } }: Contract,
  { views: { serving: after } }: Contract,
): Difference[] =>
  before.version === after.version
    ? []
    : [{ path: 'views', verdict: 'compatible', words: `are of version ${after.version}, not ${before.version}` }]

const compareLabels = ({ label: before }: Contract, { label: after }: Contract): Difference[] => {
  if (before.name !== after.name || before.type !== after.type) {
    const words = `${after.name} (${after.type}) is another question than ${before.name} (${before.type}): make it a pipeline of its own`
    return [{ path: 'label', verdict: 'refused', words }]
  }
  return sameJson(before.value, after.value)
    ? []
    : [{ path: 'label', verdict: 'new group version', words: `${after.name} is computed otherwise` }]
}

/**
 * Compares the contract in use with the next one: whether what is stored and what callers send stays good, and each
 * difference in words. docs/contract.md lists what leads to which verdict.
 */
export const compareContracts = (inUse: Contract, next: Contract): Comparison => {
  const differences: Difference[] = [
    ...(inUse.pipeline === next.pipeline
      ? []
      : [
          {
            path: 'pipeline',
            verdict: 'refused',
            words: `is ${next.pipeline}, not ${inUse.pipeline}`,
          } satisfies Difference,
        ]),
    ...compareViews(inUse, next),
    ...compareRequests(inUse, next),
    ...(sameJson(inUse.eventTime, next.eventTime)
      ? []
      : [{ path: 'eventTime', verdict: 'new group version', words: 'is computed otherwise' } satisfies Difference]),
    ...compareFeatures(inUse, next),
    ...compareLabels(inUse, next),
    ...compareWindows(inUse, next),
    ...(inUse.stale === next.stale
      ? []
      : [{ path: 'stale', verdict: 'compatible', words: `is ${next.stale}, not ${inUse.stale}` } satisfies Difference]),
  ]
  const gravest = Math.max(0, ...differences.map(({ verdict }) => verdicts.indexOf(verdict)))
  return { verdict: verdicts[gravest] ?? 'compatible', differences }
}
