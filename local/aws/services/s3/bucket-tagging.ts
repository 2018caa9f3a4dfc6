import * as z from 'zod'
import { bucketSetting } from './bucket-setting.ts'

export default bucketSetting({
  query: 'tagging',
  operations: { put: 'PutBucketTagging', get: 'GetBucketTagging', remove: 'DeleteBucketTagging' },
  actions: { put: 's3:PutBucketTagging', get: 's3:GetBucketTagging' },
  member: 'Tagging',
  schema: z.strictObject({
    TagSet: z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(50),
  }),
  root: 'Tagging',
  missing: { code: 'NoSuchTagSet', message: 'The TagSet does not exist' },
  status: 204,
})
