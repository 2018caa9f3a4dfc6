import * as z from 'zod'
import { bucketSetting } from './bucket-setting.ts'

export default bucketSetting({
  query: 'ownershipControls',
  operations: {
    put: 'PutBucketOwnershipControls',
    get: 'GetBucketOwnershipControls',
    remove: 'DeleteBucketOwnershipControls',
  },
  actions: { put: 's3:PutBucketOwnershipControls', get: 's3:GetBucketOwnershipControls' },
  member: 'OwnershipControls',
  schema: z.strictObject({
    Rules: z
      .array(
        z.strictObject({ ObjectOwnership: z.enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']) }),
      )
      .length(1),
  }),
  root: 'OwnershipControls',
  whole: true,
  missing: { code: 'OwnershipControlsNotFoundError', message: 'The bucket ownership controls were not found' },
})
