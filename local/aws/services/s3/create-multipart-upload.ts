import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { encryptionOf } from './encryption.ts'
import { ChecksumAlgorithm, described, encryptionMembers, onObject } from './members.ts'
import { taggingPermission } from './object-tags.ts'
import { checksumType, checksumTypeOf } from './multipart-checksum.ts'
import { addUpload } from './uploads.ts'

const describedSchema = z.object(described)

export default defineOperation({
  service: 's3',
  name: 'CreateMultipartUpload',
  route: {
    method: 'POST',
    path: '/{Bucket}/{Key+}',
    query: ['uploads'],
    reply: {
      root: 'InitiateMultipartUploadResult',
      headers: [...encryptionMembers, 'ChecksumAlgorithm', 'ChecksumType'],
    },
  },
  input: z.strictObject({ ...onObject, ...described, ChecksumAlgorithm, ChecksumType: checksumType.optional() }),
  needs: ({ Bucket, Key, Tagging }) => [
    { action: 's3:PutObject', resource: objectArn(Bucket, Key) },
    ...taggingPermission(Bucket, Key, Tagging),
  ],
  run: (input, { platform }) => {
    const { Bucket, Key, ChecksumAlgorithm } = input
    const encryption = encryptionOf(bucketOf(platform, Bucket), input)
    const type = checksumTypeOf(ChecksumAlgorithm, input.ChecksumType)
    const id = randomBytes(32).toString('base64url')
    addUpload(platform, {
      id,
      bucket: Bucket,
      key: Key,
      started: platform.clock.now(),
      described: { ...describedSchema.parse(input), ...encryption },
      checksumAlgorithm: ChecksumAlgorithm,
      checksumType: type,
    })
    const checksum = ChecksumAlgorithm && { ChecksumAlgorithm, ChecksumType: type }
    return { Bucket, Key, UploadId: id, ...encryption, ...checksum }
  },
})
