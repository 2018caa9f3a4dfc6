import type { Platform } from '../../../core/platform.ts'
import { serviceMetrics } from '../../../core/service-metrics.ts'

/** Puts what CloudWatch keeps of a request to an API: for the API, and for its stage. */
export const requestMetrics = (platform: Platform, apiId: string, status: number, latencyMs: number): void => {
  const values = [
    ['Count', 1, 'Count'],
    ['4xx', status >= 400 && status < 500 ? 1 : 0, 'Count'],
    ['5xx', status >= 500 ? 1 : 0, 'Count'],
    ['Latency', Math.round(latencyMs), 'Milliseconds'],
  ] as const
  const api = [{ Name: 'ApiId', Value: apiId }]
  const data = [api, [...api, { Name: 'Stage', Value: '$default' }]].flatMap((Dimensions) =>
    values.map(([MetricName, Value, Unit]) => ({ MetricName, Dimensions, Value, Unit })),
  )
  serviceMetrics(platform, 'apigateway', 'AWS/ApiGateway', data)
}
