import * as z from 'zod'
import { alarmName } from './alarms/alarm-request.ts'
import { alarmArn, alarmOf, alarmsOf } from './alarms/alarm.ts'
import { forgetTags } from './alarms/tags.ts'
import { alarmWatch } from './alarms/watch.ts'
import { defineCloudWatchOperation } from './define-cloudwatch-operation.ts'

/** All or none: one that is not there keeps the others from being deleted. */
export default defineCloudWatchOperation({
  name: 'DeleteAlarms',
  input: z.strictObject({ AlarmNames: z.array(alarmName).max(100) }),
  needs: ({ AlarmNames }, platform) =>
    AlarmNames.map((name) => ({ action: 'cloudwatch:DeleteAlarms', resource: alarmArn(platform, name) })),
  run: ({ AlarmNames }, { platform }) => {
    const found = AlarmNames.map((name) => alarmOf(platform, name))
    for (const { name, arn } of found) {
      alarmsOf(platform).delete(name)
      forgetTags(platform, arn)
    }
    alarmWatch(platform).changed()
    return {}
  },
})
