import { contractOf, featureViewRequests, requestFunction, requestTime } from '@hopline/pipeline'
import type { AnyPipeline, Values } from '@hopline/pipeline'
import { HopsworksError } from '@hopline/hopsworks/errors'
import type { Endpoint, Instance } from './endpoint.ts'
import type { FeatureStore } from './feature-store.ts'
import { featureVector } from './feature-vector.ts'
import type { FeatureVector } from './feature-vector.ts'
import { staleFeatures, storeUnavailable } from './problems.ts'
import { watermarksOf } from './watermarks.ts'

export interface PredictServices {
  store: FeatureStore
  endpoint: Endpoint
  /** Milliseconds. */
  now: () => number
  /** A new prediction id, at most 60 characters. */
  newId: () => string
}

const storeDeadlineMs = 2_000

/** What a pipeline needs for every prediction, worked out once. */
export const predictorOf = (pipeline: AnyPipeline, endpointName: string) => {
  const contract = contractOf(pipeline)
  const views = featureViewRequests(pipeline)
  const keys = [...new Set(pipeline.windows.flatMap(({ by }) => by))]
  const groups = pipeline.windows.map(({ name }) => name)
  const requestFeatures = requestFunction(contract)
  const timeOf = requestTime(contract)

  const readStore = async (instances: readonly Values[], store: FeatureStore) => {
    const signal = AbortSignal.timeout(storeDeadlineMs)
    const entries = instances.map((instance) => Object.fromEntries(keys.map((key) => [key, instance[key] ?? null])))
    const freshness = groups.map((of) => ({ of }))
    if (groups.length === 0) return { vectors: [], watermarks: watermarksOf([], []) }
    try {
      const [vectors, watermarks] = await Promise.all([
        store.read(views.serving.name, entries, signal),
        store.read(views.freshness.name, freshness, signal),
      ])
      return { vectors, watermarks: watermarksOf(groups, watermarks) }
    } catch (error) {
      if (signal.aborted) throw storeUnavailable(`No answer within ${storeDeadlineMs} ms.`)
      if (error instanceof HopsworksError) throw storeUnavailable(`It answers ${error.name}.`)
      throw error
    }
  }

  /** Predictions for some requests, in their order. Throws problems. */
  return async (instances: readonly Values[], { store, endpoint, now, newId }: PredictServices) => {
    const { vectors, watermarks } = await readStore(instances, store)
    const at = BigInt(now()) * 1_000n
    const read = instances.map((instance, index) => {
      const vector = vectors[index] ?? { values: {}, status: 'COMPLETE', groups: [] }
      if (vector.status === 'ERROR') throw storeUnavailable('It could not read a vector.')
      return featureVector(contract, {
        request: requestFeatures(instance),
        vector,
        watermarks,
        at: timeOf(instance),
        now: at,
      })
    })
    const stale = new Set(read.flatMap((vector) => vector.stale))
    if (contract.stale === 'refuse' && stale.size > 0) throw staleFeatures([...stale])
    const id = newId()
    const scored = await endpoint.score(endpointName, read.map(instanceOf), id)
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
