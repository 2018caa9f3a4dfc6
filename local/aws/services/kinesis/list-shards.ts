import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { invalidArgument } from './kinesis-error.ts'
import { firstSequenceAt } from './sequence.ts'
import { describedShard } from './shards.ts'
import type { Shard } from './shards.ts'
import type { Stream } from './streams.ts'
import { existingStream, permissions, streamInput } from './streams.ts'

const shardFilter = z.strictObject({
  Type: z.enum([
    'AFTER_SHARD_ID',
    'AT_TRIM_HORIZON',
    'FROM_TRIM_HORIZON',
    'AT_LATEST',
    'AT_TIMESTAMP',
    'FROM_TIMESTAMP',
  ]),
  ShardId: z.string().optional(),
  /** Seconds since 1970. */
  Timestamp: z.number().optional(),
})
const token = z.strictObject({ stream: z.string(), after: z.string(), filter: shardFilter.optional() })

const endsAfter = ({ endSequence }: Shard, sequence: string) => endSequence === undefined || endSequence > sequence

/** Whether a shard is one that a reader at the filter's place, or from there on, would read. */
const filtered = (filter: z.infer<typeof shardFilter> | undefined, { retentionHours }: Stream, now: number) => {
  const horizon = firstSequenceAt(now - retentionHours * 3_600_000)
  const at = firstSequenceAt((filter?.Timestamp ?? 0) * 1000)
  switch (filter?.Type) {
    case undefined:
      return (shard: Shard) => endsAfter(shard, horizon)
    case 'AFTER_SHARD_ID':
      return (shard: Shard) => shard.id > (filter.ShardId ?? '')
    case 'AT_LATEST':
      return ({ endSequence }: Shard) => endSequence === undefined
    case 'FROM_TIMESTAMP':
      return (shard: Shard) => endsAfter(shard, at)
    case 'AT_TIMESTAMP':
      return (shard: Shard) => endsAfter(shard, at) && shard.startSequence <= at
    case 'FROM_TRIM_HORIZON':
      return (shard: Shard) => endsAfter(shard, horizon)
    case 'AT_TRIM_HORIZON':
      return (shard: Shard) =>
        endsAfter(shard, horizon) && (shard.startSequence <= horizon || shard.parents.length === 0)
  }
}

const tokenText = (value: z.infer<typeof token>) => Buffer.from(JSON.stringify(value)).toString('base64')

const readToken = (text: string) => {
  try {
    return token.parse(JSON.parse(Buffer.from(text, 'base64').toString()))
  } catch {
    throw invalidArgument('Invalid NextToken.')
  }
}

export default defineOperation({
  service: 'kinesis',
  name: 'ListShards',
  input: z.strictObject({
    ...streamInput,
    NextToken: z.string().optional(),
    ExclusiveStartShardId: z.string().optional(),
    MaxResults: z.int().min(1).max(10_000).default(1000),
    StreamCreationTimestamp: z.number().optional(),
    ShardFilter: shardFilter.optional(),
  }),
  needs: (input, platform) =>
    permissions(
      platform,
      'ListShards',
      input.NextToken === undefined ? input : { StreamName: readToken(input.NextToken).stream },
    ),
  run({ NextToken, ExclusiveStartShardId, MaxResults, ShardFilter, ...reference }, { platform }) {
    if (NextToken !== undefined && reference.StreamName !== undefined) {
      throw invalidArgument('NextToken and StreamName cannot be provided together.')
    }
    const from = NextToken === undefined ? undefined : readToken(NextToken)
    const stream = existingStream(platform, from ? { StreamName: from.stream } : reference)
    const filter = from ? from.filter : ShardFilter
    const after = from?.after ?? ExclusiveStartShardId ?? ''
    const left = stream.shards.filter(filtered(filter, stream, platform.clock.now())).filter(({ id }) => id > after)
    const page = left.slice(0, MaxResults)
    const last = page.at(-1)
    return {
      Shards: page.map(describedShard),
      NextToken:
        last && left.length > page.length
          ? tokenText({ stream: stream.name, after: last.id, ...(filter && { filter }) })
          : undefined,
    }
  },
})
