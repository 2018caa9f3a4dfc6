import { alarmRequest } from './alarms/alarm-request.ts'
import { alarmArn, alarmsOf } from './alarms/alarm.ts'
import { checkActions } from './alarms/carry-out.ts'
import { putTags } from './alarms/tags.ts'
import { alarmWatch } from './alarms/watch.ts'
import { defineCloudWatchOperation } from './define-cloudwatch-operation.ts'

export default defineCloudWatchOperation({
  name: 'PutMetricAlarm',
  input: alarmRequest,
  needs: ({ AlarmName }, platform) => [
    { action: 'cloudwatch:PutMetricAlarm', resource: alarmArn(platform, AlarmName) },
  ],
  run: ({ Tags, ...request }, { platform }) => {
    checkActions(platform, request)
    const name = request.AlarmName
    const arn = alarmArn(platform, name)
    const known = alarmsOf(platform).get(name)
    const now = platform.clock.now()
    const untested = {
      state: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
      stateAt: now,
      transitionedAt: now,
    } as const
    alarmsOf(platform).put(name, { ...untested, ...known, name, arn, request, configuredAt: now })
    if (known === undefined) putTags(platform, arn, Tags ?? [])
    alarmWatch(platform).changed()
    return {}
  },
})
