import type { Platform } from '../../../core/platform.ts'
import type { Outcome } from '../runtime/outcome.ts'
import { sendTo } from '../send-to.ts'
import { functionOf } from './deliver.ts'
import type { EventSourceMapping } from './mapping.ts'
import type { StreamRecord } from './stream-record.ts'

/** Records that a function will not see again. */
export interface Discarded {
  readonly shard: string
  readonly records: readonly StreamRecord[]
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded'
  readonly requestId: string
  readonly attempts: number
  readonly outcome: Outcome | undefined
}

/** Tells the on-failure destination where the discarded records lie; the records themselves stay in the stream. */
export const tellDiscarded = async (
  platform: Platform,
  mapping: EventSourceMapping,
  { shard, records, condition, requestId, attempts, outcome }: Discarded,
): Promise<void> => {
  const [first] = records
  const last = records.at(-1)
  platform.log('lambda', 'records discarded', { mapping: mapping.UUID, shard, condition, records: records.length })
  const destination = mapping.DestinationConfig?.OnFailure?.Destination
  if (destination === undefined || !first || !last) return
  const record = {
    requestContext: { requestId, functionArn: mapping.FunctionArn, condition, approximateInvokeCount: attempts },
    ...(outcome && {
      responseContext: {
        statusCode: 200,
        executedVersion: outcome.version,
        ...(outcome.functionError && { functionError: outcome.functionError }),
      },
    }),
    version: '1.0',
    timestamp: new Date(platform.clock.now()).toISOString(),
    KinesisBatchInfo: {
      shardId: shard,
      startSequenceNumber: first.SequenceNumber,
      endSequenceNumber: last.SequenceNumber,
      approximateArrivalOfFirstRecord: first.ApproximateArrivalTimestamp.toISOString(),
      approximateArrivalOfLastRecord: last.ApproximateArrivalTimestamp.toISOString(),
      batchSize: records.length,
      streamArn: mapping.EventSourceArn,
    },
  }
  await sendTo(platform, functionOf(platform, mapping.FunctionArn), destination, { text: JSON.stringify(record) })
}
