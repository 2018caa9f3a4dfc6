import * as z from 'zod'
import { bucketSetting } from './bucket-setting.ts'

const flag = z.boolean().default(false)

export default bucketSetting({
  query: 'publicAccessBlock',
  operations: { put: 'PutPublicAccessBlock', get: 'GetPublicAccessBlock', remove: 'DeletePublicAccessBlock' },
  actions: { put: 's3:PutBucketPublicAccessBlock', get: 's3:GetBucketPublicAccessBlock' },
  member: 'PublicAccessBlockConfiguration',
  schema: z.strictObject({
    BlockPublicAcls: flag,
    IgnorePublicAcls: flag,
    BlockPublicPolicy: flag,
    RestrictPublicBuckets: flag,
  }),
  root: 'PublicAccessBlockConfiguration',
  whole: true,
  missing: {
    code: 'NoSuchPublicAccessBlockConfiguration',
    message: 'The public access block configuration was not found',
  },
})
