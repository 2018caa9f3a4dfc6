import { requestFunction, requestTime } from '@hopline/pipeline'
import type { ContractUnion, Values } from '@hopline/pipeline'
import type { Endpoint, Instance } from './endpoint.ts'
import type { FeatureStore } from './feature-store.ts'
import { featureVector } from './feature-vector.ts'
import type { FeatureVector } from './feature-vector.ts'
import { otherModel, staleFeatures } from './problems.ts'
import { readStore } from './read-store.ts'

export interface PredictServices {
  store: FeatureStore
  endpoint: Endpoint
  /** Milliseconds. */
  now: () => number
  /** A new prediction id, at most 60 characters. */
  newId: () => string
}

/** What the contracts of an endpoint's models need for every prediction, worked out once. */
export const predictorOf = (union: ContractUnion, endpointName: string) => {
  const requestFeatures = requestFunction(union)
  const timeOf = requestTime(union)

  /** Predictions for some requests, in their order. Throws problems. */
  return async (instances: readonly Values[], { store, endpoint, now, newId }: PredictServices) => {
    const { rows, watermarks } = await readStore(union, instances, store)
    const asked = BigInt(now()) * 1_000n
    const read = rows.map(({ instance, vector }) =>
      featureVector(union, {
        request: requestFeatures(instance),
        vector,
        watermarks,
        at: timeOf(instance),
        now: asked,
      }),
    )
    const stale = new Set(read.flatMap((vector) => vector.stale))
    if (union.stale === 'refuse' && stale.size > 0) throw staleFeatures([...stale])
    const id = newId()
    const scored = await endpoint.score(endpointName, read.map(instanceOf), id)
    if (!union.hashes.includes(scored.contract)) throw otherModel('It answers under a contract that is not known here.')
    return read.map((vector, index) => {
      const probability = scored.predictions[index]?.probability ?? Number.NaN
      return {
        prediction: probability >= 0.5,
        probability,
        model: scored.model,
        contract: scored.contract,
        features: featuresOf(vector),
        missing: vector.missing,
        stale: vector.stale,
        predictionId: read.length === 1 ? id : `${id}.${index}`,
      }
    })
  }
}

const instanceOf = ({ features }: FeatureVector): Instance =>
  Object.fromEntries([...features].map(([name, { value }]) => [name, value]))

const featuresOf = ({ features }: FeatureVector) => Object.fromEntries(features)
