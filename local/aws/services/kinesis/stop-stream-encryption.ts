import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { activeStream, permissions, streamInput, streams, transition } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'StopStreamEncryption',
  input: z.strictObject({ ...streamInput, EncryptionType: z.literal('KMS'), KeyId: z.string().min(1).max(2048) }),
  needs: (input, platform) => permissions(platform, 'StopStreamEncryption', input),
  run(input, { platform }) {
    const { keyId: _, ...stream } = activeStream(platform, input)
    streams(platform).put(stream.name, { ...stream, transition: transition(platform, 'UPDATING') })
    return {}
  },
})
