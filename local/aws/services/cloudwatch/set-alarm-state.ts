import * as z from 'zod'
import { alarmName } from './alarms/alarm-request.ts'
import { alarmArn, alarmOf } from './alarms/alarm.ts'
import { setAlarmState } from './alarms/set-alarm-state.ts'
import { defineCloudWatchOperation } from './define-cloudwatch-operation.ts'

/** The state lasts until the alarm is evaluated again. */
export default defineCloudWatchOperation({
  name: 'SetAlarmState',
  input: z.strictObject({
    AlarmName: alarmName,
    StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    StateReason: z.string().max(1023),
    StateReasonData: z.string().max(4000).optional(),
  }),
  needs: ({ AlarmName }, platform) => [{ action: 'cloudwatch:SetAlarmState', resource: alarmArn(platform, AlarmName) }],
  run: ({ AlarmName, StateValue: state, StateReason: reason, StateReasonData: reasonData }, { platform }) => {
    setAlarmState(platform, alarmOf(platform, AlarmName), { state, reason, reasonData })
    return {}
  },
})
