import type { Platform } from '../../../core/platform.ts'
import { refusal } from '../define-cloudwatch-operation.ts'
import type { AlarmRequest } from './alarm-request.ts'
import type { Alarm } from './alarm.ts'

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

/** Does what an alarm's new state asks for. */
export const carryOut = (platform: Platform, alarm: Alarm, before: Alarm) => {
  if (!alarm.request.ActionsEnabled) return
  const principal = { kind: 'service', arn: 'lambda.alarms.cloudwatch.amazonaws.com', sourceArn: alarm.arn } as const
  const message = {
    source: 'aws.cloudwatch',
    alarmArn: alarm.arn,
    accountId: platform.account,
    time: new Date(alarm.stateAt).toISOString().replace('Z', '+0000'),
    region: platform.region,
    alarmData: {
      alarmName: alarm.name,
      state: { value: alarm.state, reason: alarm.reason },
      previousState: { value: before.state, reason: before.reason },
    },
  }
  for (const arn of listOf(alarm)) {
    const done = isFunction(arn)
      ? platform.call(
          'lambda',
          'Invoke',
          { FunctionName: arn, InvocationType: 'Event', Payload: JSON.stringify(message) },
          principal,
        )
      : platform.call('sns', 'Publish', { TopicArn: arn, Message: JSON.stringify(message) }, principal)
    done.catch((error: unknown) =>
      platform.log('cloudwatch', 'an alarm action failed', { alarm: alarm.name, arn, cause: String(error) }),
    )
  }
}
