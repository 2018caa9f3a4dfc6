import * as z from 'zod'
import { alarmOfArn } from './alarms/alarm-of-arn.ts'
import { tagsOf } from './alarms/tags.ts'
import { defineCloudWatchOperation } from './define-cloudwatch-operation.ts'

export default defineCloudWatchOperation({
  name: 'ListTagsForResource',
  input: z.strictObject({ ResourceARN: z.string().min(1).max(1024) }),
  needs: ({ ResourceARN }) => [{ action: 'cloudwatch:ListTagsForResource', resource: ResourceARN }],
  run: ({ ResourceARN }, { platform }) => ({ Tags: tagsOf(platform, alarmOfArn(platform, ResourceARN).arn) }),
})
