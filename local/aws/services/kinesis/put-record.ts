import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { checkRecord, putIntoShard, recordInput } from './put-into-shard.ts'
import { permissions, readyStream, streamInput } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'PutRecord',
  input: z.strictObject({ ...streamInput, ...recordInput, SequenceNumberForOrdering: z.string().optional() }),
  needs: (input, platform) => permissions(platform, 'PutRecord', input),
  run(input, { platform }) {
    const stream = readyStream(platform, input)
    checkRecord(input, stream)
    const put = putIntoShard(platform, stream, input, platform.clock.now())
    return { ...put, EncryptionType: stream.keyId === undefined ? 'NONE' : 'KMS' }
  },
})
