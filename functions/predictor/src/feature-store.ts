import { HopsworksUnauthorised } from '@hopline/hopsworks/errors'
import { openVectors } from '@hopline/hopsworks/vectors'
import type { Entry, Vector, Vectors } from '@hopline/hopsworks/vectors'
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

/** The vector server of the secret. A refused key is fetched anew once: it may have been rotated. */
export const featureStore = (secret: SecretReader<HopsworksSecret>, openStore = openVectors): FeatureStore => {
  let open: { apiKey: string; vectors: Vectors } | undefined
  const vectorsOf = ({ vectors: { host, port }, ca, apiKey, project }: HopsworksSecret) => {
    if (open?.apiKey !== apiKey) {
      void open?.vectors.close()
      open = { apiKey, vectors: openStore({ host, port, ca, apiKey, project }) }
    }
    return open.vectors
  }
  return {
    read: async (view, entries, signal) => {
      try {
        return await read(vectorsOf(await secret.get()), view, entries, signal)
      } catch (error) {
        if (!(error instanceof HopsworksUnauthorised)) throw error
        return read(vectorsOf(await secret.refetch()), view, entries, signal)
      }
    },
  }
}
