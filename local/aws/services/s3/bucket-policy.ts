import * as z from 'zod'
import { bucketSetting } from './bucket-setting.ts'

const isPolicy = (text: string) => {
  try {
    return z.looseObject({ Statement: z.unknown() }).safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

export default bucketSetting({
  query: 'policy',
  operations: { put: 'PutBucketPolicy', get: 'GetBucketPolicy', remove: 'DeleteBucketPolicy' },
  actions: { put: 's3:PutBucketPolicy', get: 's3:GetBucketPolicy' },
  member: 'Policy',
  schema: z.string().refine(isPolicy, 'Policies must be valid JSON with a Statement'),
  whole: true,
  missing: { code: 'NoSuchBucketPolicy', message: 'The bucket policy does not exist' },
  status: 204,
})
