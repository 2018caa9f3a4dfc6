import * as z from 'zod'
import { defineCloudWatchOperation } from './define-cloudwatch-operation.ts'
import { name, namespace } from './metrics/metric.ts'
import { metricData } from './metrics/metric-data.ts'
import { pageOf } from './page.ts'

const activeMs = 3 * 3_600_000
const pageSize = 500

export default defineCloudWatchOperation({
  name: 'ListMetrics',
  input: z.strictObject({
    Namespace: namespace.optional(),
    MetricName: name.optional(),
    Dimensions: z
      .array(z.strictObject({ Name: z.string().min(1).max(255), Value: z.string().max(1024).optional() }))
      .max(10)
      .default([]),
    RecentlyActive: z.literal('PT3H').optional(),
    NextToken: z.string().optional(),
  }),
  run: ({ Namespace, MetricName, Dimensions: wanted, RecentlyActive, NextToken }, { platform }) => {
    const since = RecentlyActive ? platform.clock.now() - activeMs : 0
    const found = metricData(platform)
      .metrics()
      .filter(
        (metric) =>
          (Namespace ?? metric.Namespace) === metric.Namespace &&
          (MetricName ?? metric.MetricName) === metric.MetricName &&
          metric.lastAt >= since &&
          wanted.every(({ Name, Value }) =>
            metric.Dimensions.some((has) => has.Name === Name && (Value ?? has.Value) === has.Value),
          ),
      )
      .map(({ Namespace, MetricName, Dimensions }) => ({ Namespace, MetricName, Dimensions }))
    const { items, ...next } = pageOf(found, { size: pageSize, token: NextToken })
    return { Metrics: items, ...next }
  },
})
