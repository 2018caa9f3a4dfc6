import * as z from 'zod'
import { announce } from '../../core/arrivals.ts'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { invalidArgument } from './kinesis-error.ts'
import { recordKey, records, trim } from './records.ts'
import { firstSequenceAt, sequencesOf } from './sequence.ts'
import { hashKeyOf, shardForHash } from './shards.ts'
import type { Stream } from './streams.ts'
import { throughputOf } from './throughput.ts'

/** The members of a record, as PutRecord and PutRecords have them. */
export const recordInput = {
  Data: z.base64(),
  PartitionKey: z.string().min(1).max(256),
  ExplicitHashKey: z
    .string()
    .regex(/^(?:0|[1-9]\d{0,38})$/)
    .optional(),
}
export type RecordInput = z.infer<z.ZodObject<typeof recordInput>>

const hashes = 1n << 128n

const hashOf = ({ PartitionKey, ExplicitHashKey }: RecordInput): bigint => {
  if (ExplicitHashKey === undefined) return hashKeyOf(PartitionKey)
  const hash = BigInt(ExplicitHashKey)
  if (hash < hashes) return hash
  throw invalidArgument(
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${ExplicitHashKey}`,
  )
}

export const sizeOf = ({ Data, PartitionKey }: RecordInput): number =>
  Buffer.byteLength(Data, 'base64') + Buffer.byteLength(PartitionKey)

/** Refuses a record that no shard of the stream could take. */
export const checkRecord = (record: RecordInput, { maxRecordKiB }: Stream): void => {
  hashOf(record)
  const most = maxRecordKiB * 1024
  if (sizeOf(record) > most) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
    )
  }
}

/** Where a stream's arrivals are announced. */
export const arrivalsAt = (stream: string): string => `kinesis/${stream}`

/**
 * Keeps a record at the end of its shard. Throws ProvisionedThroughputExceededException.
 * @param at when its request came, in milliseconds since 1970
 */
export const putIntoShard = (platform: Platform, stream: Stream, record: RecordInput, at: number) => {
  const shard = shardForHash(stream.shards, hashOf(record))
  if (!shard) throw new TypeError('a hash key belongs to no shard')
  if (!throughputOf(platform)(`${stream.name}/${shard.id}`, sizeOf(record), at)) {
    throw new AwsError(
      'ProvisionedThroughputExceededException',
      `Rate exceeded for shard ${shard.id} in stream ${stream.name} under account ${platform.account}.`,
    )
  }
  const sequence = sequencesOf(platform)()
  const { PartitionKey: partitionKey, Data: data } = record
  records(platform).put(recordKey(stream.name, shard.id, sequence), { sequence, partitionKey, data })
  trim(platform, stream.name, shard.id, firstSequenceAt(at - stream.retentionHours * 3_600_000))
  announce(platform, arrivalsAt(stream.name))
  return { ShardId: shard.id, SequenceNumber: sequence }
}
