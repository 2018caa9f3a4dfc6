import * as z from 'zod'
import { bucketSetting } from './bucket-setting.ts'

/** EventBridge is the one receiver here; queues, topics and functions are refused by name. */
export default bucketSetting({
  query: 'notification',
  operations: { put: 'PutBucketNotificationConfiguration', get: 'GetBucketNotificationConfiguration' },
  actions: { put: 's3:PutBucketNotification', get: 's3:GetBucketNotification' },
  member: 'NotificationConfiguration',
  schema: z.strictObject({ EventBridgeConfiguration: z.strictObject({}).optional() }),
  root: 'NotificationConfiguration',
  missing: { document: {} },
})
