import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingStream, permissions, streamInput, streams, transition } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'DeleteStream',
  input: z.strictObject({ ...streamInput, EnforceConsumerDeletion: z.boolean().optional() }),
  needs: (input, platform) => permissions(platform, 'DeleteStream', input),
  run(input, { platform }) {
    const stream = existingStream(platform, input)
    streams(platform).put(stream.name, { ...stream, transition: transition(platform, 'DELETING') })
    return {}
  },
})
