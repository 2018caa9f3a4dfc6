import type { Platform } from '../../../core/platform.ts'
import type { ContainerAnswer } from '../container/http.ts'
import type { Fleet } from './fleet.ts'
import { putInvocationMetrics } from './invocation-metrics.ts'
import { modelError, noAnswer } from './model-error.ts'
import type { RunningVariant } from './variant.ts'

export interface VariantRequest {
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** When the request came in, by the process's own clock (`performance.now()`). */
  readonly began: number
}

/** Asks a variant's container, and tells CloudWatch how that went. Throws ModelError for any answer but 2xx. */
export const invokeVariant = async (
  platform: Platform,
  { config }: Fleet,
  variant: RunningVariant,
  { endpoint, headers, body, began }: VariantRequest,
): Promise<ContainerAnswer> => {
  const since = performance.now()
  const { name, instanceCount } = variant
  const measured = (status: number) =>
    putInvocationMetrics(platform, {
      endpoint,
      config,
      variant: name,
      instanceCount,
      status,
      modelMs: performance.now() - since,
      overheadMs: since - began,
    })
  const answer = await variant.invoke(headers, body).catch((error: unknown) => {
    measured(0)
    throw modelError(platform, endpoint, 0, noAnswer(error))
  })
  measured(answer.status)
  if (answer.status >= 200 && answer.status < 300) return answer
  throw modelError(platform, endpoint, answer.status, answer.body.toString())
}
