import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedStream } from './described-stream.ts'
import { describedShard } from './shards.ts'
import { existingStream, permissions, streamInput } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'DescribeStream',
  input: z.strictObject({
    ...streamInput,
    Limit: z.int().min(1).max(10_000).default(100),
    ExclusiveStartShardId: z.string().default(''),
  }),
  needs: (input, platform) => permissions(platform, 'DescribeStream', input),
  run({ Limit, ExclusiveStartShardId, ...reference }, { platform }) {
    const stream = existingStream(platform, reference)
    const left = stream.shards.filter(({ id }) => id > ExclusiveStartShardId)
    return {
      StreamDescription: {
        ...describedStream(stream),
        Shards: left.slice(0, Limit).map(describedShard),
        HasMoreShards: left.length > Limit,
      },
    }
  },
})
