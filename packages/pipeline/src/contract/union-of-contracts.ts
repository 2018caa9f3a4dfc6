import type { Contract, ContractFeature } from './contract.ts'

/** What contracts of one pipeline ask for together. */
export interface ContractUnion extends Pick<Contract, 'request' | 'eventTime' | 'features' | 'stale'> {
  readonly hashes: readonly string[]
  /** The window groups that are read. */
  readonly groups: readonly string[]
  /** The views that hold their features, with the keys by which each is read. */
  readonly serving: readonly (Contract['views']['serving'] & { readonly keys: readonly string[] })[]
  readonly freshness: Contract['views']['freshness']
}

/** A feature may be as old as each of the contracts allows. */
const strictest = (a: ContractFeature, b: ContractFeature) =>
  'maxAgeSeconds' in a && 'maxAgeSeconds' in b && b.maxAgeSeconds < a.maxAgeSeconds ? b : a

const featuresOf = (contracts: readonly Contract[]) => {
  const features = new Map<string, ContractFeature>()
  for (const feature of contracts.flatMap((contract) => contract.features)) {
    const known = features.get(feature.name)
    features.set(feature.name, known ? strictest(known, feature) : feature)
  }
  return [...features.values()]
}

const servingOf = (contracts: readonly Contract[]) => {
  const views = new Map<string, ContractUnion['serving'][number]>()
  for (const {
    views: { serving },
    windows,
  } of contracts) {
    const id = `${serving.name} ${serving.version}`
    const keys = Object.values(windows).flatMap(({ by }) => by)
    if (keys.length > 0) views.set(id, { ...serving, keys: [...new Set([...(views.get(id)?.keys ?? []), ...keys])] })
  }
  return [...views.values()]
}

/**
 * What must be known of a request while models of several contracts answer, the newest contract first. A name means the
 * same in all of them, and the newest takes every request that an older one takes (see {@link contractClashes}).
 */
export const unionOfContracts = (contracts: readonly [Contract, ...Contract[]]): ContractUnion => {
  const [{ request, eventTime, views }] = contracts
  return {
    hashes: contracts.map(({ hash }) => hash),
    request,
    eventTime,
    features: featuresOf(contracts),
    stale: contracts.some(({ stale }) => stale === 'refuse') ? 'refuse' : 'null',
    groups: [...new Set(contracts.flatMap(({ windows }) => Object.keys(windows)))],
    serving: servingOf(contracts),
    freshness: views.freshness,
  }
}
