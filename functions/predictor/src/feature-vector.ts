import { jsonValue } from '@hopline/pipeline'
import type { ContractUnion, JsonValue, Values } from '@hopline/pipeline'
import { HopsworksMismatch } from '@hopline/hopsworks/errors'
import type { Vector } from '@hopline/hopsworks/vectors'
import type { Watermarks } from './watermarks.ts'
import { ageSeconds } from './watermarks.ts'

/** A feature as it goes to the model; `age` in seconds where it comes from the store, null where nobody knows. */
export interface Feature {
  value: JsonValue
  age?: number | null
}

/** All features of one prediction, and which of them the store does not know or has only too old. */
export interface FeatureVector {
  features: Map<string, Feature>
  missing: string[]
  stale: string[]
}

interface Read {
  /** Features computed from the request. */
  request: Values
  vector: Vector
  watermarks: Watermarks
  /** When the prediction is asked for; null if the request does not say. */
  at: bigint | null
  now: bigint
}

/** The contracts' features in their order. What is missing or older than its group's maxAge is null, and named. */
export const featureVector = (
  { features }: ContractUnion,
  { request, vector, watermarks, at, now }: Read,
): FeatureVector => {
  const result: FeatureVector = { features: new Map(), missing: [], stale: [] }
  const absent = absentGroups(features, vector)
  for (const feature of features) {
    const { name, from } = feature
    if (!('maxAgeSeconds' in feature)) {
      result.features.set(name, { value: jsonValue(feature, request[name] ?? null) })
      continue
    }
    const watermark = watermarks.get(from) ?? null
    const age = watermark === null ? null : ageSeconds(watermark, at, now)
    const stale = age === null || age > feature.maxAgeSeconds
    if (absent.has(from)) result.missing.push(name)
    else if (stale) result.stale.push(name)
    result.features.set(name, { value: stale ? null : jsonValue(feature, scalar(vector, name)), age })
  }
  return result
}

/** The store also holds arrays and structs, but no contract does. */
const scalar = ({ values }: Vector, name: string): Values[string] => {
  const value = values[name] ?? null
  if (typeof value === 'object' && value !== null) throw new HopsworksMismatch(`the feature ${name} is no scalar`)
  return value
}

/**
 * Groups without a row for the key. The server says how many there are, not which: they are among those whose values are
 * all null, and where such a group has a row after all, calling it missing changes no value.
 */
const absentGroups = (features: ContractUnion['features'], { status, values }: Vector) => {
  if (status === 'COMPLETE') return new Set<string>()
  const groups = new Set(features.map(({ from }) => from))
  for (const { name, from } of features) if ((values[name] ?? null) !== null) groups.delete(from)
  return groups
}
