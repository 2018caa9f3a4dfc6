import { isDeepStrictEqual } from 'node:util'
import { HopsworksUnauthorised } from '@hopline/hopsworks/errors'
import { openVectors } from '@hopline/hopsworks/vectors'
import type { Entry, Vector, Vectors, VectorSettings } from '@hopline/hopsworks/vectors'
import type { SecretReader } from '@hopline/lambda'
import type { HopsworksSecret } from '@hopline/workflow'

/** A feature view of Hopsworks. */
export interface View {
  readonly name: string
  readonly version: number
}

/** Reads feature vectors. */
export interface FeatureStore {
  read(view: View, entries: readonly Entry[], signal: AbortSignal): Promise<Vector[]>
}

const read = (vectors: Vectors, { name, version }: View, entries: readonly Entry[], signal: AbortSignal) => {
  const [entry] = entries
  return entries.length === 1 && entry !== undefined
    ? vectors.read(name, version, entry, { signal }).then((vector) => [vector])
    : vectors.readBatch(name, version, entries, { signal })
}

/** The promise, or a rejection as soon as the signal is aborted. */
const within = <T>(signal: AbortSignal, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    promise.then(resolve, reject)
  })

/**
 * The vector server of the secret, and another one when that says so. A refused key is fetched anew once: it may have
 * been rotated. The signal ends waiting for the secret too.
 */
export const featureStore = (secret: SecretReader<HopsworksSecret>, openStore = openVectors): FeatureStore => {
  let open: { settings: VectorSettings; vectors: Vectors } | undefined
  const vectorsOf = ({ vectors: { host, port }, ca, apiKey, project }: HopsworksSecret) => {
    const settings = { host, port, ca, apiKey, project }
    if (open === undefined || !isDeepStrictEqual(open.settings, settings)) {
      void open?.vectors.close()
      open = { settings, vectors: openStore(settings) }
    }
    return open.vectors
  }
  return {
    read: async (view, entries, signal) => {
      try {
        return await read(vectorsOf(await within(signal, secret.get())), view, entries, signal)
      } catch (error) {
        if (!(error instanceof HopsworksUnauthorised)) throw error
        return read(vectorsOf(await within(signal, secret.refetch())), view, entries, signal)
      }
    },
  }
}
