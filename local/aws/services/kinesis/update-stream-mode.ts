import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { activeStream, permissions, streams, transition } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'UpdateStreamMode',
  input: z.strictObject({
    StreamARN: z.string(),
    StreamModeDetails: z.strictObject({ StreamMode: z.enum(['PROVISIONED', 'ON_DEMAND']) }),
  }),
  needs: (input, platform) => permissions(platform, 'UpdateStreamMode', input),
  run({ StreamModeDetails: { StreamMode: mode }, ...reference }, { platform }) {
    const stream = activeStream(platform, reference)
    streams(platform).put(stream.name, { ...stream, mode, transition: transition(platform, 'UPDATING') })
    return {}
  },
})
