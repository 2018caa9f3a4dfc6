import type { Stream } from './streams.ts'
import { statusOf } from './streams.ts'

/** What DescribeStream and DescribeStreamSummary share. */
export const describedStream = (stream: Stream) => ({
  StreamName: stream.name,
  StreamARN: stream.arn,
  StreamStatus: statusOf(stream),
  StreamModeDetails: { StreamMode: stream.mode },
  RetentionPeriodHours: stream.retentionHours,
  StreamCreationTimestamp: new Date(stream.created),
  EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
  EncryptionType: stream.keyId === undefined ? 'NONE' : 'KMS',
  KeyId: stream.keyId,
})
