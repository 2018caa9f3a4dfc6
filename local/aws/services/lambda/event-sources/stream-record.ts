import type { Platform } from '../../../core/platform.ts'
import type { EventSourceMapping } from './mapping.ts'

/** A record as GetRecords gives it inside the platform. */
export interface StreamRecord {
  readonly SequenceNumber: string
  readonly PartitionKey: string
  /** Base64. */
  readonly Data: string
  readonly ApproximateArrivalTimestamp: Date
}

const kinesisOf = (record: StreamRecord) => ({
  kinesisSchemaVersion: '1.0',
  partitionKey: record.PartitionKey,
  sequenceNumber: record.SequenceNumber,
  data: record.Data,
  approximateArrivalTimestamp: record.ApproximateArrivalTimestamp.getTime() / 1000,
})

/** A record as a filter sees it: `data` decoded. */
export const filterView = (record: StreamRecord) => ({
  ...kinesisOf(record),
  data: Buffer.from(record.Data, 'base64').toString(),
})

/** A record as a function sees it. */
export const streamRecord = (
  { region }: Platform,
  { EventSourceArn }: EventSourceMapping,
  { shard, roleArn, record }: { shard: string; roleArn: string; record: StreamRecord },
) => ({
  kinesis: kinesisOf(record),
  eventSource: 'aws:kinesis',
  eventVersion: '1.0',
  eventID: `${shard}:${record.SequenceNumber}`,
  eventName: 'aws:kinesis:record',
  invokeIdentityArn: roleArn,
  awsRegion: region,
  eventSourceARN: EventSourceArn,
})
