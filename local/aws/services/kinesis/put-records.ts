import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { invalidArgument } from './kinesis-error.ts'
import { checkRecord, putIntoShard, recordInput, sizeOf } from './put-into-shard.ts'
import { permissions, readyStream, streamInput } from './streams.ts'

const mostBytes = 10 * 1024 * 1024

/** Each record by itself: some may be kept and others refused. */
export default defineOperation({
  service: 'kinesis',
  name: 'PutRecords',
  input: z.strictObject({ ...streamInput, Records: z.array(z.strictObject(recordInput)).min(1).max(500) }),
  needs: (input, platform) => permissions(platform, 'PutRecords', input),
  run({ Records: given, ...reference }, { platform }) {
    const stream = readyStream(platform, reference)
    for (const record of given) checkRecord(record, stream)
    if (given.reduce((sum, record) => sum + sizeOf(record), 0) > mostBytes) {
      throw invalidArgument('Records size exceeds 10 MB limit')
    }
    const now = platform.clock.now()
    const Records = platform.store.transaction(() =>
      given.map((record) => {
        try {
          return putIntoShard(platform, stream, record, now)
        } catch (error) {
          if (!(error instanceof AwsError)) throw error
          return { ErrorCode: error.code, ErrorMessage: error.message }
        }
      }),
    )
    return {
      FailedRecordCount: Records.filter((record) => 'ErrorCode' in record).length,
      Records,
      EncryptionType: stream.keyId === undefined ? 'NONE' : 'KMS',
    }
  },
})
