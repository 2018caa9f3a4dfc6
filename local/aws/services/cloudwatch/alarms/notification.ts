import type { Platform } from '../../../core/platform.ts'
import type { Alarm } from './alarm.ts'

/** `2026-11-26T05:00:00.000+0000`. */
export const timeText = (ms: number) => new Date(ms).toISOString().replace('Z', '+0000')

const regionNames: Readonly<Record<string, string>> = { 'us-east-1': 'US East (N. Virginia)' }

const statistic = ({ Statistic, ExtendedStatistic }: Alarm['request']) =>
  Statistic === undefined
    ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic }
    : { StatisticType: 'Statistic', Statistic: Statistic.toUpperCase() }

/**
 * What a topic gets of an alarm's change of state, with the subject of its mails.
 * Source: CloudWatch User Guide, "Notifying users on alarm changes".
 */
export const notificationOf = ({ account, region }: Platform, alarm: Alarm, before: Alarm) => {
  const { request } = alarm
  const place = regionNames[region] ?? region
  const message = {
    AlarmName: alarm.name,
    AlarmDescription: request.AlarmDescription ?? null,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: timeText(alarm.configuredAt),
    NewStateValue: alarm.state,
    NewStateReason: alarm.reason,
    StateChangeTime: timeText(alarm.stateAt),
    Region: place,
    AlarmArn: alarm.arn,
    OldStateValue: before.state,
    OKActions: request.OKActions,
    AlarmActions: request.AlarmActions,
    InsufficientDataActions: request.InsufficientDataActions,
    Trigger: {
      MetricName: request.MetricName,
      Namespace: request.Namespace,
      ...statistic(request),
      Unit: request.Unit ?? null,
      Dimensions: request.Dimensions.map(({ Name, Value }) => ({ value: Value, name: Name })),
      Period: request.Period,
      EvaluationPeriods: request.EvaluationPeriods,
      ComparisonOperator: request.ComparisonOperator,
      Threshold: request.Threshold,
      TreatMissingData: request.TreatMissingData,
    },
  }
  return { Subject: `${alarm.state}: "${alarm.name}" in ${place}`.slice(0, 100), Message: JSON.stringify(message) }
}
