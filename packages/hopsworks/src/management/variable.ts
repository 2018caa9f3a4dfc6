import * as z from 'zod'
import type { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { path } from './path.ts'

const reply = z.object({ successMessage: z.string().nullish() })

export function readVariable(http: Http) {
  /** A server variable (hopsworks.md 1.8), or undefined where it is not set. */
  return async (name: string, signal?: AbortSignal): Promise<string | undefined> =>
    (await ifFound(http.get(path`/variables/${name}`, reply, { signal })))?.successMessage ?? undefined
}
