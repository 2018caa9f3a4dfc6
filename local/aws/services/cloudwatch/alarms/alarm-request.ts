import * as z from 'zod'
import { dimensions, name, namespace, unit } from '../metrics/metric.ts'
import { percentile, simpleStatistics } from '../metrics/statistic.ts'
import { period } from '../metrics/time.ts'

export const alarmName = z.string().min(1).max(255)
export const tagList = z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(50)

const actions = z.array(z.string().min(1).max(1024)).max(5).default([])

/** What PutMetricAlarm takes here: an alarm on one metric and a threshold. */
export const alarmRequest = z
  .strictObject({
    AlarmName: alarmName,
    AlarmDescription: z.string().max(1024).optional(),
    ActionsEnabled: z.boolean().default(true),
    OKActions: actions,
    AlarmActions: actions,
    InsufficientDataActions: actions,
    Namespace: namespace,
    MetricName: name,
    Dimensions: dimensions.default([]),
    Statistic: z.enum(simpleStatistics).optional(),
    ExtendedStatistic: percentile.optional(),
    Period: period,
    Unit: unit.optional(),
    EvaluationPeriods: z.int().min(1),
    DatapointsToAlarm: z.int().min(1).optional(),
    Threshold: z.number(),
    ComparisonOperator: z.enum(
      ['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'],
      'The local platform compares with a threshold, not with a band',
    ),
    TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).default('missing'),
    Tags: tagList.optional(),
  })
  .refine(({ Statistic, ExtendedStatistic }) => (Statistic === undefined) !== (ExtendedStatistic === undefined), {
    path: ['Statistic'],
    message: 'Exactly one of Statistic and ExtendedStatistic must be given',
  })
  .refine(({ EvaluationPeriods, DatapointsToAlarm = 1 }) => DatapointsToAlarm <= EvaluationPeriods, {
    path: ['DatapointsToAlarm'],
    message: 'Member must be less than or equal to EvaluationPeriods',
  })
  .refine(({ EvaluationPeriods, Period }) => EvaluationPeriods * Period <= 7 * 86_400, {
    path: ['EvaluationPeriods'],
    message: 'Metrics cannot be checked across more than seven days (EvaluationPeriods * Period)',
  })

export type AlarmRequest = Omit<z.infer<typeof alarmRequest>, 'Tags'>
