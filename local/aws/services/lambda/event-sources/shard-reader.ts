import { createHash } from 'node:crypto'
import { nextArrival } from '../../../core/arrivals.ts'
import type { Platform } from '../../../core/platform.ts'
import { arrivalsAt } from '../../kinesis/put-into-shard.ts'
import { checkpointOf, keepCheckpoint } from './checkpoints.ts'
import { compileFilter } from './filter.ts'
import type { EventSourceMapping } from './mapping.ts'
import { openCursor } from './shard-cursor.ts'
import { handleBatch } from './stream-batch.ts'
import type { StreamRecord } from './stream-record.ts'
import { filterView } from './stream-record.ts'

/** A look at an idle shard renews the iterator; arrivals are announced. */
const idleMs = 60_000
/** Bytes that an invocation takes, less what its frame needs. */
const mostBytes = 6_000_000

const laneOf = ({ PartitionKey }: StreamRecord, lanes: number): number =>
  createHash('md5').update(PartitionKey).digest().readUInt32BE() % lanes

/** Reads a shard from its checkpoint to its end, or until the signal; each batch is handled before the next is read. */
export const readShard = async (
  platform: Platform,
  mapping: EventSourceMapping,
  { shard, retentionMs }: { shard: string; retentionMs: number },
  signal: AbortSignal,
): Promise<void> => {
  const { clock } = platform
  const stream = mapping.EventSourceArn.split('/').at(-1) ?? ''
  const lanes = mapping.ParallelizationFactor ?? 1
  const windowMs = mapping.MaximumBatchingWindowInSeconds * 1000
  const wanted = compileFilter(mapping.FilterCriteria, 'data')
  const cursor = await openCursor(platform, mapping, shard)

  /** What is there, and what comes in the window that begins with the first record. */
  const gather = async (): Promise<StreamRecord[]> => {
    const most = mapping.BatchSize * lanes
    const batch: StreamRecord[] = []
    let end = Number.POSITIVE_INFINITY
    for (;;) {
      batch.push(...(await cursor.read(most - batch.length)))
      if (batch.length > 0) end = Math.min(end, clock.now() + windowMs)
      const leftMs = Math.min(end - clock.now(), idleMs)
      const bytes = batch.reduce((sum, { Data }) => sum + Data.length, 0)
      if (cursor.ended() || batch.length >= most || bytes >= mostBytes || leftMs <= 0) return batch
      await nextArrival(platform, arrivalsAt(stream), leftMs, signal)
    }
  }

  while (!cursor.ended()) {
    const batch = await gather()
    const byLane = Map.groupBy(
      batch.filter((record) => wanted(filterView(record))),
      (record) => laneOf(record, lanes),
    )
    await Promise.all(
      [...byLane.values()].map((records) => handleBatch(platform, mapping, { shard, records, retentionMs }, signal)),
    )
    signal.throwIfAborted()
    const sequence = batch.at(-1)?.SequenceNumber
    if (sequence !== undefined) keepCheckpoint(platform, mapping.UUID, shard, { sequence })
  }
  keepCheckpoint(platform, mapping.UUID, shard, { ...checkpointOf(platform, mapping.UUID, shard), done: true })
}
