import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketArn, bucketOf } from './buckets.ts'
import { inBucket } from './members.ts'

export default defineOperation({
  service: 's3',
  name: 'GetBucketLocation',
  route: {
    method: 'GET',
    path: '/{Bucket}',
    query: ['location'],
    reply: { root: 'LocationConstraint', payload: 'LocationConstraint' },
  },
  input: z.strictObject(inBucket),
  needs: ({ Bucket }) => [{ action: 's3:GetBucketLocation', resource: bucketArn(Bucket) }],
  run: ({ Bucket }, { platform }) => {
    bucketOf(platform, Bucket)
    return { LocationConstraint: platform.region === 'us-east-1' ? '' : platform.region }
  },
})
