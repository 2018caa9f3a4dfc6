import * as z from 'zod'
import { alarmOfArn } from './alarms/alarm-of-arn.ts'
import { putTags, tagsOf } from './alarms/tags.ts'
import { defineCloudWatchOperation } from './define-cloudwatch-operation.ts'

export default defineCloudWatchOperation({
  name: 'UntagResource',
  input: z.strictObject({ ResourceARN: z.string().min(1).max(1024), TagKeys: z.array(z.string().min(1).max(128)) }),
  needs: ({ ResourceARN }) => [{ action: 'cloudwatch:UntagResource', resource: ResourceARN }],
  run: ({ ResourceARN, TagKeys }, { platform }) => {
    const { arn } = alarmOfArn(platform, ResourceARN)
    putTags(
      platform,
      arn,
      tagsOf(platform, arn).filter(({ Key }) => !TagKeys.includes(Key)),
    )
    return {}
  },
})
