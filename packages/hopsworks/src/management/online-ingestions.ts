import * as z from 'zod'
import type { Http } from './http.ts'
import { onlineFailures } from './online-failures.ts'
import type { OnlineFailure } from './online-failures.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'
import type { OpenSearch } from './search.ts'

const result = z.object({ status: z.string(), rows: z.number() })
const onlineIngestion = z.object({
  id: z.number(),
  numEntries: z.number().nullish(),
  results: z.array(result).nullish(),
})

/** How far the online store is with the rows of one write. */
export interface OnlineIngestion {
  readonly id: number
  /** Rows announced. */
  readonly rows: number | null
  /** Rows that the online store has dealt with, whatever became of them. */
  readonly done: number
  /** Rows that it could not write. */
  readonly failed: number
}

export function onlineIngestions(http: Http, { projectId, featureStoreId }: Scope, search: OpenSearch) {
  const at = (groupId: number) =>
    path`/project/${projectId}/featurestores/${featureStoreId}/featuregroups/${groupId}/online_ingestion`
  const reply = z.object({ items: z.array(onlineIngestion).nullish() })
  return {
    /** Announces a write of `rows` rows. */
    async start(groupId: number, rows: number, signal?: AbortSignal): Promise<OnlineIngestion> {
      const body = { id: null, numEntries: rows }
      return progress(await http.post(at(groupId), onlineIngestion, { body, signal }))
    },
    /** The state of a write, or undefined when the server has pruned it. */
    async get(groupId: number, id: number, signal?: AbortSignal): Promise<OnlineIngestion | undefined> {
      const { items } = await http.get(at(groupId), reply, { query: { filter_by: `ID:${id}` }, signal })
      const found = items?.find((item) => item.id === id)
      return found && progress(found)
    },
    /**
     * Which rows of a write failed, and why. The log says it a little later than the count, and not for ever.
     * @throws HopsworksUnexpectedReply behind the first 10,000
     */
    failures: (
      ingestion: { readonly featureGroupId: number; readonly id: number },
      signal?: AbortSignal,
    ): AsyncGenerator<OnlineFailure, void> => onlineFailures(search, projectId, ingestion, signal),
    /** The state of the newest write of a group, by whichever client, or undefined when there was none. */
    async latest(groupId: number, signal?: AbortSignal): Promise<OnlineIngestion | undefined> {
      const { items } = await http.get(at(groupId), reply, { query: { filter_by: 'LATEST' }, signal })
      const found = items?.[0]
      return found && progress(found)
    },
  }
}

function progress({ id, numEntries, results }: z.output<typeof onlineIngestion>): OnlineIngestion {
  const rowsOf = (wanted: (status: string) => boolean) =>
    (results ?? []).reduce((sum, { status, rows }) => sum + (wanted(status) ? rows : 0), 0)
  return { id, rows: numEntries ?? null, done: rowsOf(() => true), failed: rowsOf((status) => status === 'FAILED') }
}
