import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { ChecksumAlgorithm, described, onObject } from './members.ts'
import { addUpload } from './uploads.ts'

const describedSchema = z.object(described)

export default defineOperation({
  service: 's3',
  name: 'CreateMultipartUpload',
  route: {
    method: 'POST',
    path: '/{Bucket}/{Key+}',
    query: ['uploads'],
    reply: { root: 'InitiateMultipartUploadResult', headers: ['ServerSideEncryption', 'ChecksumAlgorithm'] },
  },
  input: z.strictObject({ ...onObject, ...described, ChecksumAlgorithm, ChecksumType: z.string().optional() }),
  needs: ({ Bucket, Key }) => [{ action: 's3:PutObject', resource: objectArn(Bucket, Key) }],
  run: (input, { platform }) => {
    const { Bucket, Key, ServerSideEncryption = 'AES256', ChecksumAlgorithm } = input
    bucketOf(platform, Bucket)
    const id = randomBytes(32).toString('base64url')
    addUpload(platform, {
      id,
      bucket: Bucket,
      key: Key,
      started: platform.clock.now(),
      described: describedSchema.parse(input),
    })
    return { Bucket, Key, UploadId: id, ServerSideEncryption, ChecksumAlgorithm }
  },
})
