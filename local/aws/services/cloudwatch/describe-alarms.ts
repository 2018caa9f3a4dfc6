import * as z from 'zod'
import { alarmName } from './alarms/alarm-request.ts'
import { alarmsOf, describeAlarm } from './alarms/alarm.ts'
import { defineCloudWatchOperation } from './define-cloudwatch-operation.ts'
import { pageOf } from './page.ts'

export default defineCloudWatchOperation({
  name: 'DescribeAlarms',
  input: z.strictObject({
    AlarmNames: z.array(alarmName).max(100).optional(),
    AlarmNamePrefix: alarmName.optional(),
    AlarmTypes: z.array(z.enum(['MetricAlarm', 'CompositeAlarm'])).optional(),
    StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
    ActionPrefix: z.string().min(1).max(1024).optional(),
    MaxRecords: z.int().min(1).max(100).default(50),
    NextToken: z.string().optional(),
  }),
  run: (input, { platform }) => {
    const { AlarmNames, AlarmNamePrefix = '', AlarmTypes = ['MetricAlarm'], StateValue, ActionPrefix } = input
    const found = alarmsOf(platform)
      .list({ prefix: AlarmNamePrefix })
      .map(({ value }) => value)
      .filter(({ name, state, request }) => {
        const actions = [...request.OKActions, ...request.AlarmActions, ...request.InsufficientDataActions]
        return (
          AlarmTypes.includes('MetricAlarm') &&
          (AlarmNames?.includes(name) ?? true) &&
          (StateValue ?? state) === state &&
          (ActionPrefix === undefined || actions.some((arn) => arn.startsWith(ActionPrefix)))
        )
      })
    const { items, ...next } = pageOf(found, { size: input.MaxRecords, token: input.NextToken })
    return { MetricAlarms: items.map(describeAlarm), CompositeAlarms: [], ...next }
  },
})
