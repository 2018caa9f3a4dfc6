import * as z from 'zod'
import { bucketSetting } from './bucket-setting.ts'

const Rules = z.array(
  z.strictObject({
    ApplyServerSideEncryptionByDefault: z
      .strictObject({ SSEAlgorithm: z.enum(['AES256', 'aws:kms']), KMSMasterKeyID: z.string().optional() })
      .optional(),
    BucketKeyEnabled: z.boolean().optional(),
  }),
)

/** Kept and given back; what lies on this disk is not encrypted. */
export default bucketSetting({
  query: 'encryption',
  operations: { put: 'PutBucketEncryption', get: 'GetBucketEncryption', remove: 'DeleteBucketEncryption' },
  actions: { put: 's3:PutEncryptionConfiguration', get: 's3:GetEncryptionConfiguration' },
  member: 'ServerSideEncryptionConfiguration',
  schema: z.strictObject({ Rules }),
  root: 'ServerSideEncryptionConfiguration',
  whole: true,
  missing: {
    document: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
    },
  },
})
