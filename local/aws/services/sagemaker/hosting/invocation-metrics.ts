import type { Platform } from '../../../core/platform.ts'
import { serviceMetrics } from '../../../core/service-metrics.ts'

export interface Invoked {
  readonly endpoint: string
  readonly config: string
  readonly variant: string
  readonly instanceCount: number
  /** The container's; 0 when nothing came. */
  readonly status: number
  readonly modelMs: number
  readonly overheadMs: number
}

/** Puts what CloudWatch keeps of an invocation: for the variant, and for the variant under its config. */
export const putInvocationMetrics = (platform: Platform, invoked: Invoked) => {
  const { status } = invoked
  const failed = status < 200 || status >= 300
  const values = [
    ['Invocations', 1, 'None'],
    ['InvocationsPerInstance', 1 / invoked.instanceCount, 'None'],
    ['Invocation4XXErrors', status >= 400 && status < 500 ? 1 : 0, 'None'],
    ['Invocation5XXErrors', status >= 500 || status === 0 ? 1 : 0, 'None'],
    ['InvocationModelErrors', failed ? 1 : 0, 'None'],
    ['ModelLatency', Math.round(invoked.modelMs * 1000), 'Microseconds'],
    ['OverheadLatency', Math.round(invoked.overheadMs * 1000), 'Microseconds'],
  ] as const
  const variant = [
    { Name: 'EndpointName', Value: invoked.endpoint },
    { Name: 'VariantName', Value: invoked.variant },
  ]
  const MetricData = [variant, [...variant, { Name: 'EndpointConfigName', Value: invoked.config }]].flatMap(
    (Dimensions) => values.map(([MetricName, Value, Unit]) => ({ MetricName, Dimensions, Value, Unit })),
  )
  serviceMetrics(platform, 'sagemaker', 'AWS/SageMaker', MetricData)
}
