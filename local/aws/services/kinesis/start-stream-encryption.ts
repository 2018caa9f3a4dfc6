import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { activeStream, permissions, streamInput, streams, transition } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'StartStreamEncryption',
  input: z.strictObject({ ...streamInput, EncryptionType: z.literal('KMS'), KeyId: z.string().min(1).max(2048) }),
  needs: (input, platform) => permissions(platform, 'StartStreamEncryption', input),
  run({ KeyId, ...reference }, { platform }) {
    const stream = activeStream(platform, reference)
    streams(platform).put(stream.name, { ...stream, keyId: KeyId, transition: transition(platform, 'UPDATING') })
    return {}
  },
})
