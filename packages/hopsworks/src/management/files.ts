import * as z from 'zod'
import type { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { pages } from './pages.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

const file = z
  .object({
    attributes: z.object({
      path: z.string(),
      dir: z.boolean(),
      size: z.number(),
      modificationTime: z.string().nullish(),
    }),
  })
  .transform(({ attributes }) => attributes)

/** A file or folder of the project's file system, HopsFS; `size` in bytes. */
export type HopsFile = z.output<typeof file>

export type Files = ReturnType<typeof files>

/**
 * Files of the project, by Hopsworks' dataset API. Paths are the project's (`Resources/x`) or whole
 * (`/Projects/demo/Resources/x`).
 */
export function files(http: Http, { project, projectId }: Scope) {
  const base = path`/project/${projectId}/dataset`
  const whole = (name: string) => (name.startsWith('/Projects/') ? name : `/Projects/${project}/${name}`)
  const encoded = (name: string) =>
    whole(name)
      .split('/')
      .filter(Boolean)
      .map((segment) => path`/${segment}`)
      .join('')

  return {
    /** The file or folder, or undefined when there is none. */
    get: (name: string, signal?: AbortSignal): Promise<HopsFile | undefined> =>
      ifFound(http.get(base + encoded(name), file, { signal })),

    /** What lies in a folder, not in those below. */
    list: (folder: string, signal?: AbortSignal): AsyncGenerator<HopsFile, void> =>
      pages(http, base + encoded(folder), file, {
        query: { action: 'listing', sort_by: 'ID:asc', expand: 'inodes' },
        signal,
      }),

    /** The bytes of a file, as they arrive. */
    download: (name: string, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> =>
      http.download(`${base}/download/with_auth${encoded(name)}`, { query: { type: 'DATASET' }, signal }),

    /** Deletes a file, or a folder with all that is in it; false when there was none. */
    delete: (name: string, signal?: AbortSignal): Promise<boolean> => http.delete(base + encoded(name), { signal }),
  }
}
