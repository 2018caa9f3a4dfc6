import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import type { AlarmRequest } from './alarm-request.ts'

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** An alarm as stored; times in milliseconds. */
export interface Alarm {
  readonly name: string
  readonly arn: string
  readonly request: AlarmRequest
  readonly configuredAt: number
  readonly state: AlarmState
  readonly reason: string
  readonly reasonData?: string | undefined
  readonly stateAt: number
  readonly transitionedAt: number
}

export const alarmsOf = ({ store }: Platform) => store.table<Alarm>('cloudwatch.alarms')

export const alarmArn = ({ region, account }: Platform, name: string) =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`

export const alarmOf = (platform: Platform, name: string): Alarm => {
  const found = alarmsOf(platform).get(name)
  if (found === undefined) {
    throw new AwsError('ResourceNotFound', `Unknown alarm ${name}`, { status: 404, QueryErrorCode: 'ResourceNotFound' })
  }
  return found
}

/** An alarm in DescribeAlarms's answer. */
export const describeAlarm = ({ name, arn, request, configuredAt, state, reason, reasonData, ...times }: Alarm) => ({
  ...request,
  AlarmName: name,
  AlarmArn: arn,
  AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
  StateValue: state,
  StateReason: reason,
  StateReasonData: reasonData,
  StateUpdatedTimestamp: new Date(times.stateAt),
  StateTransitionedTimestamp: new Date(times.transitionedAt),
})
