import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { bucketArn, bucketOf, bucketsOf } from './buckets.ts'
import { inBucket } from './members.ts'
import { versionsOf } from './versions.ts'

export default defineOperation({
  service: 's3',
  name: 'DeleteBucket',
  route: { method: 'DELETE', path: '/{Bucket}', reply: { status: 204 } },
  input: z.strictObject(inBucket),
  needs: ({ Bucket }) => [{ action: 's3:DeleteBucket', resource: bucketArn(Bucket) }],
  run: ({ Bucket }, { platform }) => {
    bucketOf(platform, Bucket)
    if (versionsOf(platform, Bucket).list({ limit: 1 }).length > 0)
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
        status: 409,
        BucketName: Bucket,
      })
    bucketsOf(platform.store).delete(Bucket)
  },
})
