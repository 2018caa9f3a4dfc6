import * as z from 'zod'
import { bucketSetting } from './bucket-setting.ts'

const days = z.int().positive().optional()
const tag = z.strictObject({ Key: z.string(), Value: z.string() })
const storageClass = z.string()

const rule = z.strictObject({
  ID: z.string().max(255).optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().optional(),
  Filter: z
    .strictObject({
      Prefix: z.string().optional(),
      Tag: tag.optional(),
      ObjectSizeGreaterThan: z.int().optional(),
      ObjectSizeLessThan: z.int().optional(),
      And: z.strictObject({ Prefix: z.string().optional(), Tags: z.array(tag).optional() }).optional(),
    })
    .optional(),
  Expiration: z
    .strictObject({ Days: days, Date: z.string().optional(), ExpiredObjectDeleteMarker: z.boolean().optional() })
    .optional(),
  NoncurrentVersionExpiration: z.strictObject({ NoncurrentDays: days, NewerNoncurrentVersions: days }).optional(),
  Transitions: z
    .array(z.strictObject({ Days: days, Date: z.string().optional(), StorageClass: storageClass }))
    .optional(),
  NoncurrentVersionTransitions: z
    .array(z.strictObject({ NoncurrentDays: days, StorageClass: storageClass, NewerNoncurrentVersions: days }))
    .optional(),
  AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: days }).optional(),
})

/** Kept and given back; nothing expires here. */
export default bucketSetting({
  query: 'lifecycle',
  operations: {
    put: 'PutBucketLifecycleConfiguration',
    get: 'GetBucketLifecycleConfiguration',
    remove: 'DeleteBucketLifecycle',
  },
  actions: { put: 's3:PutLifecycleConfiguration', get: 's3:GetLifecycleConfiguration' },
  member: 'LifecycleConfiguration',
  schema: z.strictObject({ Rules: z.array(rule).min(1).max(1000) }),
  root: 'LifecycleConfiguration',
  missing: { code: 'NoSuchLifecycleConfiguration', message: 'The lifecycle configuration does not exist' },
})
