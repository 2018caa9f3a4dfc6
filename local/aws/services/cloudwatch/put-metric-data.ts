import * as z from 'zod'
import { defineCloudWatchOperation, refusal } from './define-cloudwatch-operation.ts'
import { dimensions, name, namespace, unit } from './metrics/metric.ts'
import { metricData } from './metrics/metric-data.ts'
import { time } from './metrics/time.ts'
import type { Summary } from './metrics/summary.ts'
import { summaryOf } from './metrics/summary.ts'

const hourMs = 3_600_000
const oldest = 14 * 24 * hourMs
const newest = 2 * hourMs

const datum = z.strictObject({
  MetricName: name,
  Dimensions: dimensions.default([]),

  Timestamp: time.optional(),
  Value: z.number().optional(),
  StatisticValues: z
    .strictObject({ SampleCount: z.number(), Sum: z.number(), Minimum: z.number(), Maximum: z.number() })
    .optional(),
  Values: z.array(z.number()).max(150).optional(),
  Counts: z.array(z.number()).max(150).optional(),
  Unit: unit.default('None'),
  StorageResolution: z.literal([1, 60]).optional(),
})

/** Exactly one of the three ways to give values. */
const summary = ({ MetricName, Value, StatisticValues: set, Values, Counts }: z.infer<typeof datum>): Summary => {
  if ([Value, set, Values].filter((given) => given !== undefined).length !== 1) {
    throw refusal(
      'InvalidParameterCombination',
      `The metric ${MetricName} must have exactly one of the parameters Value, StatisticValues and Values.`,
    )
  }
  if (set) return { count: set.SampleCount, sum: set.Sum, min: set.Minimum, max: set.Maximum }
  if (Value !== undefined) return summaryOf([[Value, 1]])
  if (!Values?.length || (Counts && Counts.length !== Values.length)) {
    throw refusal('InvalidParameterValue', `Values and Counts of the metric ${MetricName} must be of the same length.`)
  }
  return summaryOf(Values.map((value, index) => [value, Counts?.[index] ?? 1]))
}

export default defineCloudWatchOperation({
  name: 'PutMetricData',
  input: z.strictObject({ Namespace: namespace, MetricData: z.array(datum).min(1).max(1000) }),
  needs: ({ Namespace }) => [
    { action: 'cloudwatch:PutMetricData', resource: '*', context: { 'cloudwatch:namespace': Namespace } },
  ],
  run: ({ Namespace, MetricData }, { platform, principal }) => {
    if (Namespace.startsWith('AWS/') && principal.kind !== 'service') {
      throw refusal('InvalidParameterValue', 'The value AWS/ for parameter Namespace is invalid.')
    }
    const now = platform.clock.now()
    const data = MetricData.map((given) => {
      const at = given.Timestamp ?? now
      if (at < now - oldest || at > now + newest) {
        throw refusal('InvalidParameterValue', `The timestamp of the metric ${given.MetricName} is too old or too new.`)
      }
      const { MetricName, Dimensions, Unit } = given
      return { Namespace, MetricName, Dimensions, at, unit: Unit, summary: summary(given) }
    })
    for (const each of data) metricData(platform).put(each)
    return {}
  },
})
