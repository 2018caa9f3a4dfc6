import type { Platform } from './platform.ts'

/** One measured value; a series is told by its name and its dimensions. */
export interface Measured {
  readonly MetricName: string
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[]
  readonly Value: number
  readonly Unit: 'None' | 'Count' | 'Milliseconds' | 'Microseconds'
}

/** Puts what a service measures of itself, where there is a CloudWatch: `serviceMetrics(platform, 'sqs', 'AWS/SQS', …)`. */
export const serviceMetrics = (
  platform: Platform,
  service: string,
  Namespace: string,
  MetricData: readonly Measured[],
): void => {
  if (!platform.operation('monitoring', 'PutMetricData')) return
  platform
    .call(
      'monitoring',
      'PutMetricData',
      { Namespace, MetricData },
      { kind: 'service', arn: `${service}.amazonaws.com` },
    )
    .catch((error: unknown) => platform.log(service, 'metrics are lost', { cause: String(error) }))
}
