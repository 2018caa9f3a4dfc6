import type { Platform } from '../../../core/platform.ts'
import type { Alarm, AlarmState } from './alarm.ts'
import { alarmsOf } from './alarm.ts'
import { carryOut } from './carry-out.ts'

interface NewState {
  readonly state: AlarmState
  readonly reason: string
  readonly reasonData?: string | undefined
}

const told = (state: AlarmState, reason: string, reasonData: string | undefined, at: number) => ({
  value: state,
  reason,
  reasonData,
  timestamp: new Date(at).toISOString().replace('Z', '+0000'),
})

/** The event's account of what an alarm watches. */
const configuration = ({ request }: Alarm) => ({
  description: request.AlarmDescription,
  metrics: [
    {
      id: 'm1',
      metricStat: {
        metric: {
          namespace: request.Namespace,
          name: request.MetricName,
          dimensions: Object.fromEntries(request.Dimensions.map(({ Name, Value }) => [Name, Value])),
        },
        period: request.Period,
        stat: request.Statistic ?? request.ExtendedStatistic,
        unit: request.Unit,
      },
      returnData: true,
    },
  ],
})

/** Brings an alarm into a state; a change is told to the bus and sets off the state's actions. */
export const setAlarmState = (platform: Platform, alarm: Alarm, { state, reason, reasonData }: NewState) => {
  const now = platform.clock.now()
  const changed = state !== alarm.state
  const next: Alarm = {
    ...alarm,
    state,
    reason,
    reasonData,
    stateAt: now,
    transitionedAt: changed ? now : alarm.transitionedAt,
  }
  alarmsOf(platform).put(alarm.name, next)
  if (!changed) return
  platform.emit({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      state: told(state, reason, reasonData, now),
      previousState: told(alarm.state, alarm.reason, alarm.reasonData, alarm.stateAt),
      configuration: configuration(alarm),
    },
  })
  carryOut(platform, next, alarm)
}
