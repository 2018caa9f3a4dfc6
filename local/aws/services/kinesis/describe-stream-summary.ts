import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedStream } from './described-stream.ts'
import { isOpen } from './shards.ts'
import { existingStream, permissions, streamInput } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'DescribeStreamSummary',
  input: z.strictObject(streamInput),
  needs: (input, platform) => permissions(platform, 'DescribeStreamSummary', input),
  run(input, { platform }) {
    const stream = existingStream(platform, input)
    return {
      StreamDescriptionSummary: {
        ...describedStream(stream),
        OpenShardCount: stream.shards.filter(isOpen).length,
        ConsumerCount: 0,
        MaxRecordSizeInKiB: stream.maxRecordKiB,
      },
    }
  },
})
