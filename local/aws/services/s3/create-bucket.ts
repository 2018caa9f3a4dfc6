import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { bucketArn, bucketsOf } from './buckets.ts'
import { Bucket } from './members.ts'

export default defineOperation({
  service: 's3',
  name: 'CreateBucket',
  route: {
    method: 'PUT',
    path: '/{Bucket}',
    payload: 'CreateBucketConfiguration',
    reply: { headers: ['Location'] },
  },
  input: z.strictObject({
    Bucket,
    CreateBucketConfiguration: z.strictObject({ LocationConstraint: z.string().optional() }).optional(),
    ACL: z.enum(['private']).optional(),
  }),
  needs: ({ Bucket }) => [{ action: 's3:CreateBucket', resource: bucketArn(Bucket) }],
  run: ({ Bucket, CreateBucketConfiguration }, { platform: { store, clock, region } }) => {
    const constraint = CreateBucketConfiguration?.LocationConstraint
    if (constraint && constraint !== region)
      throw new AwsError(
        'IllegalLocationConstraintException',
        `The ${constraint} location constraint is not this region's.`,
      )
    const buckets = bucketsOf(store)
    if (buckets.get(Bucket))
      throw new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        {
          status: 409,
          BucketName: Bucket,
        },
      )
    buckets.put(Bucket, { name: Bucket, created: clock.now(), settings: {} })
    return { Location: `/${Bucket}` }
  },
})
