import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import { sequencesOf } from '../../kinesis/sequence.ts'
import { checkpointOf, hasCheckpoints, keepCheckpoint } from './checkpoints.ts'
import { functionOf } from './deliver.ts'
import type { EventSourceMapping } from './mapping.ts'
import { readShard } from './shard-reader.ts'

interface ListedShard {
  readonly ShardId: string
  readonly ParentShardId?: string
  readonly AdjacentParentShardId?: string
  readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string }
}

interface Description {
  readonly RetentionPeriodHours: number
  readonly Shards: readonly ListedShard[]
}

const mostShards = 10_000

/** A mapping that starts at the latest record begins here, in every shard that there is now. */
const beginAtLatest = (platform: Platform, { UUID }: EventSourceMapping, shards: readonly ListedShard[]) => {
  const sequence = sequencesOf(platform)()
  for (const { ShardId, SequenceNumberRange } of shards) {
    const closed = SequenceNumberRange.EndingSequenceNumber !== undefined
    keepCheckpoint(platform, UUID, ShardId, closed ? { done: true } : { sequence })
  }
}

/** Reads all shards of a stream until the signal, children after their parents. */
export const pollStream = async (
  platform: Platform,
  mapping: EventSourceMapping,
  signal: AbortSignal,
): Promise<void> => {
  const StreamName = mapping.EventSourceArn.split('/').at(-1) ?? ''
  const described = async () => {
    const { Role, FunctionName } = functionOf(platform, mapping.FunctionArn)
    const request = { StreamName, Limit: mostShards }
    const reply = await platform.call<{ StreamDescription: Description }>(
      'kinesis',
      'DescribeStream',
      request,
      roleSession(Role, FunctionName),
    )
    return reply.StreamDescription
  }
  if (mapping.StartingPosition === 'LATEST' && !hasCheckpoints(platform, mapping.UUID)) {
    beginAtLatest(platform, mapping, (await described()).Shards)
  }

  const done = (shard: string) => checkpointOf(platform, mapping.UUID, shard).done === true
  const reading = new Map<string, Promise<void>>()
  const failing = new AbortController()
  const either = AbortSignal.any([signal, failing.signal])
  try {
    while (!signal.aborted) {
      const { Shards: shards, RetentionPeriodHours } = await described()
      const retentionMs = RetentionPeriodHours * 3_600_000
      const there = new Set(shards.map(({ ShardId }) => ShardId))
      for (const { ShardId: shard, ParentShardId, AdjacentParentShardId } of shards) {
        const parents = [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined && there.has(id))
        if (reading.has(shard) || done(shard) || !parents.every((parent = '') => done(parent))) continue
        const work = readShard(platform, mapping, { shard, retentionMs }, either)
        reading.set(
          shard,
          work.finally(() => reading.delete(shard)),
        )
      }
      await Promise.race(reading.values())
    }
  } finally {
    failing.abort()
    await Promise.allSettled(reading.values())
  }
}
