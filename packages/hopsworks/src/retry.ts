import { setTimeout as sleep } from 'node:timers/promises'
import { HopsworksError } from './errors.ts'

/** When and how long to wait before trying again. All times in milliseconds. */
export interface RetryPolicy {
  /** No attempt starts later than this after the first one. */
  readonly totalMs: number
  /** Upper bound of the first wait; it doubles with each attempt. */
  readonly baseMs: number
  /** Upper bound of any wait that the server did not ask for. */
  readonly maxMs: number
}

export const defaultRetry: RetryPolicy = { totalMs: 30_000, baseMs: 200, maxMs: 5_000 }

export interface FailedAttempt {
  /** 1 for the first. */
  readonly attempt: number
  /** Since the first attempt began. */
  readonly elapsedMs: number
  readonly idempotent: boolean
  readonly error: { readonly retryable: boolean; readonly retryAfterMs?: number | undefined }
}

/**
 * The wait before the next attempt, or undefined to give up. `Retry-After` wins over our own wait; ours has full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * @param random uniform in [0, 1)
 */
export function retryWaitMs(policy: RetryPolicy, failed: FailedAttempt, random: number): number | undefined {
  if (!failed.error.retryable || !failed.idempotent) return undefined
  const bound = Math.min(policy.maxMs, policy.baseMs * 2 ** (failed.attempt - 1))
  const waitMs = failed.error.retryAfterMs ?? Math.floor(random * bound)
  return failed.elapsedMs + waitMs < policy.totalMs ? waitMs : undefined
}

/** Calls `once` until it succeeds or the policy gives up; the last error of the HopsworksError family is thrown. */
export async function withRetries<T>(
  policy: RetryPolicy,
  once: () => Promise<T>,
  { idempotent = true, signal }: { idempotent?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const began = Date.now()
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted()
    try {
      return await once()
    } catch (error) {
      if (!(error instanceof HopsworksError)) throw error
      const failed = { attempt, elapsedMs: Date.now() - began, idempotent, error }
      const waitMs = retryWaitMs(policy, failed, Math.random())
      if (waitMs === undefined) throw error
      await sleep(waitMs, undefined, signal ? { signal } : {})
    }
  }
}
