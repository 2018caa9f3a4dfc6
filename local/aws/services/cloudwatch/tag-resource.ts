import * as z from 'zod'
import { alarmOfArn } from './alarms/alarm-of-arn.ts'
import { tagList } from './alarms/alarm-request.ts'
import { putTags, tagsOf } from './alarms/tags.ts'
import { defineCloudWatchOperation } from './define-cloudwatch-operation.ts'

export default defineCloudWatchOperation({
  name: 'TagResource',
  input: z.strictObject({ ResourceARN: z.string().min(1).max(1024), Tags: tagList }),
  needs: ({ ResourceARN }) => [{ action: 'cloudwatch:TagResource', resource: ResourceARN }],
  run: ({ ResourceARN, Tags }, { platform }) => {
    const { arn } = alarmOfArn(platform, ResourceARN)
    const others = tagsOf(platform, arn).filter(({ Key }) => Tags.every((tag) => tag.Key !== Key))
    putTags(platform, arn, [...others, ...Tags])
    return {}
  },
})
