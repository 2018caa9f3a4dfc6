import type { Platform } from '../../../core/platform.ts'
import { metricData } from '../metrics/metric-data.ts'
import { statisticOf } from '../metrics/statistic.ts'
import type { AlarmRequest } from './alarm-request.ts'
import type { Alarm, AlarmState } from './alarm.ts'
import { setAlarmState } from './set-alarm-state.ts'
import { verdict } from './verdict.ts'

/** Periods beyond EvaluationPeriods in which CloudWatch still looks for data. */
const furtherPeriods = 2
const shortestPeriodMs = 1000

const compare: Readonly<Record<AlarmRequest['ComparisonOperator'], (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
}

const words: Readonly<Record<AlarmRequest['ComparisonOperator'], string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
}

/** Like every waiting time of AWS's machinery a period is as short as `--pace` makes it, down to a second. */
const paced = ({ clock }: Platform, seconds: number) =>
  Math.max(shortestPeriodMs, Math.round(clock.pace(seconds * 1000) / 1000) * 1000)

/** How often an alarm is looked at: every minute, or every period if that is shorter. */
export const intervalMsOf = (platform: Platform, { Period }: AlarmRequest) => paced(platform, Math.min(Period, 60))

type Points = readonly (number | undefined)[]

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

const reasonOf = (
  { Threshold, ComparisonOperator, TreatMissingData }: AlarmRequest,
  state: AlarmState,
  points: Points,
) => {
  const recent = points.filter((value) => value !== undefined)
  if (state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${counted(points.length, 'unknown datapoint')}.`
  if (recent.length === 0) {
    const treated = TreatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching'
    return `Threshold Crossed: no datapoints were received, and ${counted(points.length, 'missing datapoint')} treated as [${treated}].`
  }
  const comparison = `${state === 'OK' ? 'not ' : ''}${words[ComparisonOperator]} the threshold (${Threshold})`
  return `Threshold Crossed: ${counted(recent.length, 'datapoint')} [${recent.join(', ')}] ${comparison}.`
}

/** Looks at an alarm's latest whole periods, and changes its state if they say so. */
export const evaluateAlarm = (platform: Platform, alarm: Alarm) => {
  const { request } = alarm
  const { Statistic, ExtendedStatistic, EvaluationPeriods, ComparisonOperator, Threshold } = request
  const periodMs = paced(platform, request.Period)
  const intervalMs = intervalMsOf(platform, request)
  const end = Math.floor(platform.clock.now() / intervalMs) * intervalMs
  const periods = EvaluationPeriods + furtherPeriods
  const start = end - periods * periodMs
  const found = metricData(platform).read(request, { start, end, periodMs, unit: request.Unit })
  const points = Array.from({ length: periods }, (_, index) => {
    const at = end - (index + 1) * periodMs
    const summary = found.find((each) => each.start === at)?.summary
    return summary && statisticOf(summary, Statistic ?? ExtendedStatistic ?? 'Average')
  })
  const state = verdict(
    request,
    points.map((value) => (value === undefined ? undefined : compare[ComparisonOperator](value, Threshold))),
  )
  if (state === 'unchanged' || state === alarm.state) return
  const recent = points.slice(0, EvaluationPeriods)
  setAlarmState(platform, alarm, {
    state,
    reason: reasonOf(request, state, recent),
    reasonData: JSON.stringify({
      version: '1.0',
      queryDate: new Date(platform.clock.now()).toISOString(),
      startDate: new Date(end - EvaluationPeriods * periodMs).toISOString(),
      statistic: Statistic ?? ExtendedStatistic,
      period: request.Period,
      recentDatapoints: recent.filter((value) => value !== undefined).toReversed(),
      threshold: Threshold,
    }),
  })
}
