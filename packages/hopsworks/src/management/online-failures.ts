import * as z from 'zod'
import { HopsworksUnexpectedReply } from '../errors.ts'
import { path } from './path.ts'
import type { OpenSearch } from './search.ts'

const pageSize = 100
/** OpenSearch shows no more of a result (`index.max_result_window`). */
const window = 10_000

const count = z.coerce.number().int()
const failure = z
  .object({
    failure_type: z.string(),
    failure_reason: z.string().nullish(),
    topic: z.string(),
    partition: count,
    offset: count,
    record_key: z.string().nullish(),
  })
  .transform(({ failure_type: type, failure_reason: reason, record_key: key, ...place }) => ({
    type,
    reason: reason ?? '',
    key: key || null,
    ...place,
  }))

/**
 * A row that the online store could not take: where its message lies, and why. `type` is e.g. USER_DATA, a value that the
 * column does not hold, or DESERIALIZATION; `key` the message's, where the server says it.
 */
export type OnlineFailure = z.output<typeof failure>

const reply = z.object({
  hits: z.object({
    total: z.object({ value: z.number() }),
    hits: z.array(z.object({ _source: z.object({ log_arguments: failure }) })),
  }),
})

/** Rows of one write that failed, out of the log of the online store, as far back as the cluster keeps it. */
export async function* onlineFailures(
  openSearch: OpenSearch,
  projectId: number,
  { featureGroupId, id }: { readonly featureGroupId: number; readonly id: number },
  signal?: AbortSignal,
): AsyncGenerator<OnlineFailure, void> {
  const search = await openSearch(signal)
  const at = path`/onlinefs_${projectId}-*/_search`
  const must = [
    { match: { 'log_arguments.feature_group_id': String(featureGroupId) } },
    { match: { 'log_arguments.online_ingestion_id': String(id) } },
    { exists: { field: 'log_arguments.failure_type' } },
  ]
  for (let seen = 0; ;) {
    const body = { query: { bool: { must } }, from: seen, size: pageSize, sort: ['_doc'] }
    const { hits } = await search.post(at, reply, { body, repeatable: true, signal })
    for (const { _source } of hits.hits) yield _source.log_arguments
    seen += hits.hits.length
    if (seen >= hits.total.value) return
    if (hits.hits.length === 0 || seen + pageSize > window)
      throw new HopsworksUnexpectedReply(`POST ${at}: ${seen} of ${hits.total.value} failures can be read`, {
        path: at,
      })
  }
}
