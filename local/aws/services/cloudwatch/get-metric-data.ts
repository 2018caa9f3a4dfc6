import * as z from 'zod'
import { defineCloudWatchOperation, refusal } from './define-cloudwatch-operation.ts'
import { dimensions, name, namespace, unit } from './metrics/metric.ts'
import { metricData } from './metrics/metric-data.ts'
import { statistic, statisticOf } from './metrics/statistic.ts'
import { period, time } from './metrics/time.ts'

const query = z.strictObject({
  Id: z.string().regex(/^[a-z][a-zA-Z0-9_]*$/, 'Member must begin with a lower case letter'),
  MetricStat: z.strictObject(
    {
      Metric: z.strictObject({ Namespace: namespace, MetricName: name, Dimensions: dimensions.default([]) }),
      Period: period,
      Stat: statistic,
      Unit: unit.optional(),
    },
    'MetricStat must be given: the local platform has no metric math',
  ),
  Label: z.string().optional(),
  ReturnData: z.boolean().default(true),
})

export default defineCloudWatchOperation({
  name: 'GetMetricData',
  input: z.strictObject({
    MetricDataQueries: z.array(query).min(1).max(500),
    StartTime: time,
    EndTime: time,
    ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  }),
  run: ({ MetricDataQueries, StartTime, EndTime, ScanBy }, { platform }) => {
    if (StartTime >= EndTime)
      throw refusal('InvalidParameterCombination', 'The parameter StartTime must be less than the parameter EndTime.')
    const results = MetricDataQueries.filter(({ ReturnData }) => ReturnData).map(({ Id, MetricStat, Label }) => {
      const { Metric, Period, Stat, Unit } = MetricStat
      const periodMs = Period * 1000
      const start = Math.floor(StartTime / periodMs) * periodMs
      const points = metricData(platform)
        .read(Metric, { start, end: EndTime, periodMs, unit: Unit })
        .flatMap(({ start: at, summary }) => {
          const value = statisticOf(summary, Stat)
          return value === undefined ? [] : [{ at, value }]
        })
      const inOrder = ScanBy === 'TimestampAscending' ? points : points.toReversed()
      return {
        Id,
        Label: Label ?? Metric.MetricName,
        Timestamps: inOrder.map(({ at }) => new Date(at)),
        Values: inOrder.map(({ value }) => value),
        StatusCode: 'Complete',
      }
    })
    return { MetricDataResults: results, Messages: [] }
  },
})
