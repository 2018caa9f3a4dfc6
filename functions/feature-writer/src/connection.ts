import { connectHopsworks } from '@hopline/hopsworks/management'
import type { Hopsworks } from '@hopline/hopsworks/management'
import { startOnce } from '@hopline/lambda'
import type { SecretReader } from '@hopline/lambda'
import type { HopsworksSecret } from '@hopline/workflow'

/** Hopsworks as the secret says, connected at the first use in a sandbox. */
export interface Connection {
  get(): Promise<Hopsworks>
  /** The next use reads the secret anew. */
  forget(): void
}

export const hopsworksConnection = (secret: SecretReader<HopsworksSecret>): Connection => {
  let connected = startOnce(async () => connectHopsworks(await secret.get()))
  return {
    get: () => connected(),
    forget: () => {
      connected = startOnce(async () => connectHopsworks(await secret.refetch()))
    },
  }
}
