import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketArn, bucketOf } from './buckets.ts'
import { inBucket } from './members.ts'
import { uploadsOf } from './uploads.ts'

/** The uploads under way in one answer, however many. */
export default defineOperation({
  service: 's3',
  name: 'ListMultipartUploads',
  route: { method: 'GET', path: '/{Bucket}', query: ['uploads'], reply: { root: 'ListMultipartUploadsResult' } },
  input: z.strictObject({ ...inBucket, Prefix: z.string().default('') }),
  needs: ({ Bucket }) => [{ action: 's3:ListBucketMultipartUploads', resource: bucketArn(Bucket) }],
  run: ({ Bucket, Prefix }, { platform }) => {
    bucketOf(platform, Bucket)
    return {
      Bucket,
      Prefix,
      IsTruncated: false,
      Uploads: uploadsOf(platform)
        .list({ prefix: `${Bucket}/${Prefix}` })
        .map(({ value: { id, key, started } }) => ({ Key: key, UploadId: id, Initiated: new Date(started) })),
    }
  },
})
