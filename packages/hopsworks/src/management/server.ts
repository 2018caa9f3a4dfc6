import * as z from 'zod'
import type { Http } from './http.ts'

const reply = z.array(z.object({ software: z.string(), version: z.string() })).transform((all, context) => {
  const found = all.find(({ software }) => software === 'hopsworks')?.version
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(found ?? '') ?? []
  if (found !== undefined && major !== undefined && minor !== undefined) return { version: found, major, minor }
  context.addIssue('no version of hopsworks')
  return z.NEVER
})

/** The server's version, and everything in which the servers of 4.0 and later differ towards this client. */
export interface Server {
  /** As it announces it, e.g. `5.2.1`. */
  readonly version: string
  /** Whether it tracks writes to the online store: from 4.2 on. */
  readonly tracksOnlineIngestion: boolean
  /** Whether it heeds what the headers of a row say, such as `upsertIfNewer`: from 5.0 on. Below, the last write wins. */
  readonly heedsRowHeaders: boolean
  /** Where a training dataset goes: `dataSource` says it from 4.3 on, `storageConnector` and `location` before. */
  readonly sink: (path: string | null, connector: object | undefined) => object
}

export function serverOf(version: string, major: number, minor: number): Server {
  const since = (thenMajor: number, thenMinor: number) =>
    major > thenMajor || (major === thenMajor && minor >= thenMinor)
  return {
    version,
    tracksOnlineIngestion: since(4, 2),
    heedsRowHeaders: since(5, 0),
    sink: (path, connector) =>
      since(4, 3)
        ? { dataSource: { path, ...(connector ? { storageConnector: connector } : {}) } }
        : { storageConnector: connector ?? null, location: path },
  }
}

/** Asks the server once. */
export function readServer(http: Http) {
  let known: Server | undefined
  return async (signal?: AbortSignal): Promise<Server> => {
    if (known === undefined) {
      const { version, major, minor } = await http.get('/variables/versions', reply, { signal })
      known = serverOf(version, Number(major), Number(minor))
    }
    return known
  }
}
