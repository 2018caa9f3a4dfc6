import type { ContractUnion, Values } from '@hopline/pipeline'
import { HopsworksError } from '@hopline/hopsworks/errors'
import type { FeatureStore } from './feature-store.ts'
import { mergedVector } from './merged-vector.ts'
import { storeUnavailable } from './problems.ts'
import { watermarksOf } from './watermarks.ts'

const deadlineMs = 2_000

const entriesOf = (keys: readonly string[], instances: readonly Values[]) =>
  instances.map((instance) => Object.fromEntries(keys.map((key) => [key, instance[key] ?? null])))

/** Each instance with its vector, and the watermarks of all groups, all views at the same time. Throws problems. */
export const readStore = async (
  { serving, freshness, groups }: ContractUnion,
  instances: readonly Values[],
  store: FeatureStore,
) => {
  const signal = AbortSignal.timeout(deadlineMs)
  const reads = serving.map(({ keys, ...view }) => store.read(view, entriesOf(keys, instances), signal))
  const ofGroups = groups.map((of) => ({ of }))
  try {
    const [watermarks, ...byView] = await Promise.all([
      ofGroups.length === 0 ? [] : store.read(freshness, ofGroups, signal),
      ...reads,
    ])
    const rows = instances.map((instance, index) => ({
      instance,
      vector: mergedVector(byView.flatMap((vectors) => vectors[index] ?? [])),
    }))
    if (rows.some(({ vector }) => vector.status === 'ERROR')) throw storeUnavailable('It could not read a vector.')
    return { rows, watermarks: watermarksOf(groups, watermarks) }
  } catch (error) {
    if (signal.aborted) throw storeUnavailable(`No answer within ${deadlineMs} ms.`)
    if (error instanceof HopsworksError) throw storeUnavailable(`It answers ${error.name}.`)
    throw error
  }
}
