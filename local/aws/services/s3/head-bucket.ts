import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketArn, bucketOf } from './buckets.ts'
import { inBucket } from './members.ts'

export default defineOperation({
  service: 's3',
  name: 'HeadBucket',
  route: { method: 'HEAD', path: '/{Bucket}', reply: { headers: ['BucketRegion'] } },
  input: z.strictObject(inBucket),
  needs: ({ Bucket }) => [{ action: 's3:ListBucket', resource: bucketArn(Bucket) }],
  run: ({ Bucket }, { platform }) => {
    bucketOf(platform, Bucket)
    return { BucketRegion: platform.region }
  },
})
