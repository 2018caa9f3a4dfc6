import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'

/** A record as it is kept; its sequence number tells when it arrived. */
export interface StoredRecord {
  readonly sequence: string
  readonly partitionKey: string
  /** Base64. */
  readonly data: string
}

const pageSize = 1000

/** Keys are `<stream>/<shard>/<sequence>`, so that their order is a shard's order. */
export const records = ({ store }: Platform): Table<StoredRecord> => store.table('kinesis.records')

export const recordKey = (stream: string, shard: string, sequence: string): string => `${stream}/${shard}/${sequence}`

/** Records of a shard after a sequence number, in their order. */
export function* recordsAfter(
  platform: Platform,
  { stream, shard, after, limit }: { stream: string; shard: string; after: string; limit: number },
): Generator<StoredRecord> {
  const prefix = recordKey(stream, shard, '')
  let from = prefix + after
  for (let left = limit; left > 0; left -= pageSize) {
    const page = records(platform).list({ prefix, after: from, limit: Math.min(left, pageSize) })
    for (const { value } of page) yield value
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    from = last.key
  }
}

/** Removes the records of a shard that are older than the stream keeps them; some at a time. */
export const trim = (platform: Platform, stream: string, shard: string, horizon: string): void => {
  const prefix = recordKey(stream, shard, '')
  for (const { key, value } of records(platform).list({ prefix, limit: pageSize })) {
    if (value.sequence >= horizon) return
    records(platform).delete(key)
  }
}

export const removeRecords = (platform: Platform, stream: string): void => {
  for (const { key } of records(platform).list({ prefix: `${stream}/` })) records(platform).delete(key)
}
