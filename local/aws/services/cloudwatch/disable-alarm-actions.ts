import * as z from 'zod'
import { alarmName } from './alarms/alarm-request.ts'
import { alarmArn } from './alarms/alarm.ts'
import { switchActions } from './alarms/switch-actions.ts'
import { defineCloudWatchOperation } from './define-cloudwatch-operation.ts'

export default defineCloudWatchOperation({
  name: 'DisableAlarmActions',
  input: z.strictObject({ AlarmNames: z.array(alarmName).max(100) }),
  needs: ({ AlarmNames }, platform) =>
    AlarmNames.map((name) => ({ action: 'cloudwatch:DisableAlarmActions', resource: alarmArn(platform, name) })),
  run: ({ AlarmNames }, { platform }) => switchActions(platform, AlarmNames, false),
})
