import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { iteratorAt, placeOf } from './iterators.ts'
import { notFound } from './kinesis-error.ts'
import type { StoredRecord } from './records.ts'
import { recordsAfter } from './records.ts'
import { arrivalOf, firstSequenceAt } from './sequence.ts'
import { permissions, readyStream } from './streams.ts'

const mostBytes = 10 * 1024 * 1024

export default defineOperation({
  service: 'kinesis',
  name: 'GetRecords',
  input: z.strictObject({
    ShardIterator: z.string().min(1).max(512),
    Limit: z.int().min(1).max(10_000).default(10_000),
    StreamARN: z.string().optional(),
    StreamId: z.string().optional(),
  }),
  needs: ({ ShardIterator }, platform) =>
    permissions(platform, 'GetRecords', { StreamName: placeOf(platform, ShardIterator).stream }),
  run({ ShardIterator, Limit }, { platform }) {
    const { stream: name, shard: shardId, after } = placeOf(platform, ShardIterator)
    const stream = readyStream(platform, { StreamName: name })
    const shard = stream.shards.find(({ id }) => id === shardId)
    if (!shard) throw notFound(`Shard ${shardId} in stream ${name} under account ${platform.account} does not exist`)
    const now = platform.clock.now()
    const horizon = firstSequenceAt(now - stream.retentionHours * 3_600_000)
    const from = after < horizon ? horizon : after
    const found: StoredRecord[] = []
    let bytes = 0
    let more = false
    for (const record of recordsAfter(platform, { stream: name, shard: shardId, after: from, limit: Limit + 1 })) {
      bytes += record.data.length
      more = found.length === Limit || (bytes > (mostBytes * 4) / 3 && found.length > 0)
      if (more) break
      found.push(record)
    }
    const last = found.at(-1)
    const over = shard.endSequence !== undefined && !more
    return {
      Records: found.map(({ sequence, partitionKey, data }) => ({
        SequenceNumber: sequence,
        ApproximateArrivalTimestamp: new Date(arrivalOf(sequence)),
        Data: data,
        PartitionKey: partitionKey,
        EncryptionType: stream.keyId === undefined ? undefined : 'KMS',
      })),
      NextShardIterator: over
        ? undefined
        : iteratorAt(platform, { stream: name, shard: shardId, after: last?.sequence ?? from }),
      MillisBehindLatest: more && last ? now - arrivalOf(last.sequence) : 0,
      ChildShards: over
        ? stream.shards
            .filter(({ parents }) => parents.includes(shardId))
            .map(({ id, parents, startHash, endHash }) => ({
              ShardId: id,
              ParentShards: parents,
              HashKeyRange: { StartingHashKey: startHash, EndingHashKey: endHash },
            }))
        : undefined,
    }
  },
})
