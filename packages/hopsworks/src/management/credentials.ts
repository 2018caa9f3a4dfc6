import * as z from 'zod'
import type { Http } from './http.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

const credentials = z.object({ caChain: z.string(), clientCert: z.string(), clientKey: z.string() })

/** The project user's certificate for Kafka, as PEM strings. Keep it in memory. */
export type Credentials = z.output<typeof credentials>

export function readCredentials(http: Http, { projectId }: Scope) {
  return (signal?: AbortSignal): Promise<Credentials> =>
    http.get(path`/project/${projectId}/credentials`, credentials, { signal })
}
