import * as z from 'zod'
import { bucketSetting } from './bucket-setting.ts'

export default bucketSetting({
  query: 'versioning',
  operations: { put: 'PutBucketVersioning', get: 'GetBucketVersioning' },
  actions: { put: 's3:PutBucketVersioning', get: 's3:GetBucketVersioning' },
  member: 'VersioningConfiguration',
  schema: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']).optional() }),
  root: 'VersioningConfiguration',
  missing: { document: {} },
})
