import * as z from 'zod'
import { defineCloudWatchOperation, refusal } from './define-cloudwatch-operation.ts'
import { dimensions, name, namespace, unit } from './metrics/metric.ts'
import { metricData } from './metrics/metric-data.ts'
import { percentile, simpleStatistics, statisticOf } from './metrics/statistic.ts'
import { period, time } from './metrics/time.ts'

const mostPoints = 1440

export default defineCloudWatchOperation({
  name: 'GetMetricStatistics',
  input: z.strictObject({
    Namespace: namespace,
    MetricName: name,
    Dimensions: dimensions.default([]),
    StartTime: time,
    EndTime: time,
    Period: period,
    Statistics: z.array(z.enum(simpleStatistics)).min(1).max(5).default([]),
    ExtendedStatistics: z.array(percentile).min(1).max(10).default([]),
    Unit: unit.optional(),
  }),
  run: ({ StartTime, EndTime, Period, Statistics, ExtendedStatistics, Unit, ...metric }, { platform }) => {
    if (StartTime >= EndTime)
      throw refusal('InvalidParameterCombination', 'The parameter StartTime must be less than the parameter EndTime.')
    if (Statistics.length + ExtendedStatistics.length === 0)
      throw refusal('InvalidParameterCombination', 'Statistics or ExtendedStatistics must be given.')
    const periodMs = Period * 1000
    if ((EndTime - StartTime) / periodMs > mostPoints)
      throw refusal(
        'InvalidParameterCombination',
        `You have requested up to ${Math.ceil((EndTime - StartTime) / periodMs)} datapoints, which exceeds the limit of ${mostPoints}.`,
      )
    const start = Math.floor(StartTime / periodMs) * periodMs
    const found = metricData(platform).read(metric, { start, end: EndTime, periodMs, unit: Unit })
    const of = (names: readonly string[], point: (typeof found)[number]) =>
      Object.fromEntries(names.map((each) => [each, statisticOf(point.summary, each)]))
    return {
      Label: metric.MetricName,
      Datapoints: found.map((point) => ({
        Timestamp: new Date(point.start),
        Unit: point.unit,
        ...of(Statistics, point),
        ...(ExtendedStatistics.length > 0 && { ExtendedStatistics: of(ExtendedStatistics, point) }),
      })),
    }
  },
})
