import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { invalidArgument, inUse } from './kinesis-error.ts'
import { sequencesOf } from './sequence.ts'
import { evenShards, isOpen } from './shards.ts'
import { findStream, permissions, streamArn, streamName, streams, transition } from './streams.ts'

/** Open shards that an account may have in this region. */
export const shardLimit = 20_000
const onDemandShards = 4

export default defineOperation({
  service: 'kinesis',
  name: 'CreateStream',
  input: z.strictObject({
    StreamName: streamName,
    ShardCount: z.int().min(1).optional(),
    StreamModeDetails: z.strictObject({ StreamMode: z.enum(['PROVISIONED', 'ON_DEMAND']) }).optional(),
    Tags: z.record(z.string(), z.string()).optional(),
    MaxRecordSizeInKiB: z.int().min(1024).max(10_240).optional(),
  }),
  needs: (input, platform) => permissions(platform, 'CreateStream', input),
  run({ StreamName: name, ShardCount, StreamModeDetails, Tags = {}, MaxRecordSizeInKiB = 1024 }, { platform }) {
    if (findStream(platform, name)) throw inUse(`Stream ${name} under account ${platform.account} already exists.`)
    const mode = StreamModeDetails?.StreamMode ?? 'PROVISIONED'
    if (mode === 'ON_DEMAND' && ShardCount !== undefined) {
      throw invalidArgument('ShardCount cannot be specified when creating an on-demand stream.')
    }
    if (mode === 'PROVISIONED' && ShardCount === undefined) {
      throw invalidArgument('ShardCount must be specified when creating a provisioned stream.')
    }
    const count = ShardCount ?? onDemandShards
    const present = streams(platform)
      .list()
      .reduce((sum, { value }) => sum + value.shards.filter(isOpen).length, 0)
    if (present + count > shardLimit) {
      throw new AwsError(
        'LimitExceededException',
        `This request would exceed the shard limit for the account ${platform.account} in ${platform.region}. Current shard count for the account: ${present}. Limit: ${shardLimit}. Number of additional shards that would have resulted from this request: ${count}.`,
      )
    }
    streams(platform).put(name, {
      name,
      arn: streamArn(platform, name),
      created: platform.clock.now(),
      mode,
      retentionHours: 24,
      maxRecordKiB: MaxRecordSizeInKiB,
      shards: evenShards(count, 0, sequencesOf(platform)()),
      tags: Tags,
      transition: transition(platform, 'CREATING'),
    })
    return {}
  },
})
