import type { Platform } from '../../../core/platform.ts'
import { failedItems } from './batch-failures.ts'
import { deliver, functionOf } from './deliver.ts'
import type { Delivery } from './deliver.ts'
import { tellDiscarded } from './discarded.ts'
import type { EventSourceMapping } from './mapping.ts'
import type { StreamRecord } from './stream-record.ts'
import { streamRecord } from './stream-record.ts'

interface Batch {
  readonly records: readonly StreamRecord[]
  readonly attempts: number
}

const longestWaitMs = 60_000
const never = -1

/**
 * Gives records of one shard to the function, in their order, until each is handled or discarded: again and again, in
 * halves if the mapping says so, from the first failed one on if the function tells.
 */
export const handleBatch = async (
  platform: Platform,
  mapping: EventSourceMapping,
  { shard, records, retentionMs }: { shard: string; records: readonly StreamRecord[]; retentionMs: number },
  signal: AbortSignal,
): Promise<void> => {
  const { clock } = platform
  const { MaximumRetryAttempts = never, MaximumRecordAgeInSeconds = never, BisectBatchOnFunctionError } = mapping
  const longestAgeMs = MaximumRecordAgeInSeconds === never ? retentionMs : MaximumRecordAgeInSeconds * 1000
  const reports = mapping.FunctionResponseTypes.includes('ReportBatchItemFailures')
  const tooOld = ({ ApproximateArrivalTimestamp }: StreamRecord) =>
    clock.now() - ApproximateArrivalTimestamp.getTime() > longestAgeMs

  const discard = (batch: Batch, condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded', last?: Delivery) =>
    tellDiscarded(platform, mapping, {
      shard,
      records: batch.records,
      condition,
      requestId: last?.requestId ?? crypto.randomUUID(),
      attempts: batch.attempts,
      outcome: last?.outcome,
    })

  /** The records that failed: none when all is well. */
  const failedOf = ({ outcome }: Delivery, batch: Batch): readonly StreamRecord[] => {
    if (!outcome || outcome.functionError) return batch.records
    if (!reports) return []
    const failed = failedItems(
      outcome.payload,
      batch.records.map(({ SequenceNumber }) => SequenceNumber),
    )
    const first = batch.records.findIndex(({ SequenceNumber }) => failed.includes(SequenceNumber))
    return first < 0 ? [] : batch.records.slice(first)
  }

  const waiting: Batch[] = [{ records, attempts: 0 }]
  for (let batch = waiting.shift(); batch && !signal.aborted; batch = waiting.shift()) {
    const old = batch.records.filter(tooOld)
    if (old.length > 0) await discard({ ...batch, records: old }, 'RecordAgeExceeded')
    const fresh = { ...batch, records: batch.records.slice(old.length) }
    if (fresh.records.length === 0) continue
    const { Role: roleArn } = functionOf(platform, mapping.FunctionArn)
    const delivery = await deliver(
      platform,
      mapping.FunctionArn,
      fresh.records.map((record) => streamRecord(platform, mapping, { shard, roleArn, record })),
    )
    if (signal.aborted) return
    const failed = failedOf(delivery, fresh)
    if (failed.length === 0) continue
    const throttled = delivery.outcome === undefined
    const attempts = fresh.attempts + (throttled ? 0 : 1)
    const again = { records: failed, attempts }
    if (!throttled && BisectBatchOnFunctionError && failed.length > 1) {
      // Halves have their attempts before them: a split is no retry.
      const middle = Math.ceil(failed.length / 2)
      waiting.unshift(
        { records: failed.slice(0, middle), attempts: fresh.attempts },
        { records: failed.slice(middle), attempts: fresh.attempts },
      )
      continue
    }
    if (!throttled && MaximumRetryAttempts !== never && attempts > MaximumRetryAttempts) {
      await discard(again, 'RetryAttemptsExhausted', delivery)
      continue
    }
    await clock.sleep(clock.pace(Math.min(longestWaitMs, 1000 * 2 ** attempts)), signal)
    waiting.unshift(again)
  }
}
