import type { Platform } from '../../../core/platform.ts'
import { refusal } from '../define-cloudwatch-operation.ts'
import type { AlarmRequest } from './alarm-request.ts'
import type { Alarm } from './alarm.ts'
import { notificationOf, timeText } from './notification.ts'

const listOf = ({ state, request }: Alarm) =>
  ({ OK: request.OKActions, ALARM: request.AlarmActions, INSUFFICIENT_DATA: request.InsufficientDataActions })[state]

const isFunction = (arn: string) => /^arn:aws[^:]*:lambda:[^:]+:\d{12}:function:/.test(arn)
const isTopic = (arn: string) => /^arn:aws[^:]*:sns:[^:]+:\d{12}:[^:]+$/.test(arn)

/** Functions are invoked and topics, where there are any, are written to; other actions are refused, not forgotten. */
export const checkActions = (
  platform: Platform,
  {
    OKActions,
    AlarmActions,
    InsufficientDataActions,
  }: Pick<AlarmRequest, 'OKActions' | 'AlarmActions' | 'InsufficientDataActions'>,
) => {
  for (const arn of [...OKActions, ...AlarmActions, ...InsufficientDataActions]) {
    const known =
      (isFunction(arn) && platform.operation('lambda', 'Invoke')) ||
      (isTopic(arn) && platform.operation('sns', 'Publish'))
    if (!known) throw refusal('InvalidParameterValue', `Invalid arn syntax or unsupported action: ${arn}`)
  }
}

/** What a function gets. */
const eventOf = ({ account, region }: Platform, alarm: Alarm, before: Alarm) => ({
  source: 'aws.cloudwatch',
  alarmArn: alarm.arn,
  accountId: account,
  time: timeText(alarm.stateAt),
  region,
  alarmData: {
    alarmName: alarm.name,
    state: { value: alarm.state, reason: alarm.reason },
    previousState: { value: before.state, reason: before.reason },
  },
})

/** Does what an alarm's new state asks for. */
export const carryOut = (platform: Platform, alarm: Alarm, before: Alarm) => {
  if (!alarm.request.ActionsEnabled) return
  for (const arn of listOf(alarm)) {
    const done = isFunction(arn)
      ? platform.call(
          'lambda',
          'Invoke',
          { FunctionName: arn, InvocationType: 'Event', Payload: JSON.stringify(eventOf(platform, alarm, before)) },
          { kind: 'service', arn: 'lambda.alarms.cloudwatch.amazonaws.com', sourceArn: alarm.arn },
        )
      : platform.call(
          'sns',
          'Publish',
          { TopicArn: arn, ...notificationOf(platform, alarm, before) },
          { kind: 'service', arn: 'cloudwatch.amazonaws.com', sourceArn: alarm.arn },
        )
    done.catch((error: unknown) =>
      platform.log('cloudwatch', 'an alarm action failed', { alarm: alarm.name, arn, cause: String(error) }),
    )
  }
}
