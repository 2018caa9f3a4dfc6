import * as z from 'zod'
import { HopsworksNotFound } from '../errors.ts'
import type { RetryPolicy } from '../retry.ts'
import type { Credentials } from './credentials.ts'
import { Http } from './http.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

export interface SearchSettings {
  readonly at: { readonly host: string; readonly port: number } | undefined
  readonly variable: (name: string, signal?: AbortSignal) => Promise<string | undefined>
  readonly credentials: (signal?: AbortSignal) => Promise<Credentials>
  readonly timeoutMs: number
  readonly retry: RetryPolicy
}

export type OpenSearch = ReturnType<typeof openSearch>

const usualPort = 9200
const hostVariable = 'loadbalancer_external_domain_opensearch'

/** The project's OpenSearch, with a token for the project; its certificate is of the cluster's authority, for any host. */
export function openSearch(http: Http, { projectId }: Scope, settings: SearchSettings) {
  return async (signal?: AbortSignal): Promise<Http> => {
    const host = settings.at?.host ?? (await settings.variable(hostVariable, signal))
    if (!host) throw new HopsworksNotFound(`Hopsworks does not say where its OpenSearch is (variable ${hostVariable})`)
    const reply = z.object({ token: z.string() })
    const [{ token }, { caChain }] = await Promise.all([
      http.get(path`/elastic/jwt/${projectId}`, reply, { signal }),
      settings.credentials(signal),
    ])
    const { timeoutMs, retry } = settings
    const url = `https://${host}:${settings.at?.port ?? usualPort}`
    const tls = { ca: caChain, checkServerIdentity: () => undefined }
    return new Http({ url, authorization: token, tls, timeoutMs, retry })
  }
}
