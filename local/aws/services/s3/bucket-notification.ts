import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { bucketSetting } from './bucket-setting.ts'
import { notificationConfiguration, receiversIn } from './notifications/configuration.ts'
import type { Receiver } from './notifications/configuration.ts'
import { s3Principal, sendTo } from './notifications/send.ts'

/** A queue is sent a test event; a function's policy is asked. Throws what the receiver says. */
const tryOut = async (platform: Platform, bucket: string, receiver: Receiver): Promise<void> => {
  if (receiver.kind === 'lambda') {
    const permission = { action: 'lambda:InvokeFunction', resource: receiver.arn }
    platform.authority.demand({ service: 'lambda' }, s3Principal(bucket), [permission])
    return
  }
  await sendTo(platform, bucket, receiver, {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(platform.clock.now()).toISOString(),
    Bucket: bucket,
  })
}

/** EventBridge, queues and functions; topics are refused by name. */
export default bucketSetting({
  query: 'notification',
  operations: { put: 'PutBucketNotificationConfiguration', get: 'GetBucketNotificationConfiguration' },
  actions: { put: 's3:PutBucketNotification', get: 's3:GetBucketNotification' },
  member: 'NotificationConfiguration',
  schema: notificationConfiguration,
  check: async (document, bucket, platform) => {
    for (const receiver of receiversIn(notificationConfiguration.parse(document))) {
      await tryOut(platform, bucket, receiver).catch((error: unknown) => {
        const cause = error instanceof Error ? error.message : String(error)
        throw new AwsError('InvalidArgument', 'Unable to validate the following destination configurations', {
          ArgumentName1: receiver.arn,
          ArgumentValue1: cause,
        })
      })
    }
  },
  root: 'NotificationConfiguration',
  missing: { document: {} },
})
