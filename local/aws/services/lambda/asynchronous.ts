import { randomUUID } from 'node:crypto'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import { toDeadLetters, toDestination } from './destinations.ts'
import { eventInvokeConfigs } from './event-invoke-configs.ts'
import type { FunctionReference } from './function-name.ts'
import { functionArn } from './function-name.ts'
import { versionsTable } from './functions.ts'
import type { Outcome } from './runtime/outcome.ts'
import { sandboxesOf } from './runtime/sandboxes.ts'

/** An accepted event until it is handled, given up or too old. */
export interface QueuedInvocation {
  readonly requestId: string
  readonly name: string
  readonly qualifier: string
  /** JSON text. */
  readonly payload: string
  readonly attempts: number
  readonly throttles: number
  /** Milliseconds since 1970. */
  readonly accepted: number
  readonly due: number
}

const defaultRetries = 2
const defaultAgeSeconds = 21_600
const retryDelaysMs = [60_000, 120_000]
const maxThrottleDelayMs = 300_000

const isThrottle = (error: unknown) => error instanceof AwsError && error.code === 'TooManyRequestsException'

/** Lambda's queue of asynchronous invocations: durable, at least once, two more tries, then the dead letters. */
export class Asynchronous {
  readonly #platform: Platform
  readonly #queue: Table<QueuedInvocation>
  readonly #closing = new AbortController()

  constructor(platform: Platform) {
    this.#platform = platform
    this.#queue = platform.store.table('lambda.asynchronous')
    platform.onClose(() => this.#closing.abort())
  }

  /** Keeps the event, then handles it after the caller has been answered. */
  accept({ name, qualifier }: FunctionReference, payload: string): void {
    const now = this.#platform.clock.now()
    const queued = {
      requestId: randomUUID(),
      name,
      qualifier,
      payload,
      attempts: 0,
      throttles: 0,
      accepted: now,
      due: now,
    }
    this.#queue.put(queued.requestId, queued)
    this.#begin(queued)
  }

  /** Takes up what an earlier run of the platform left. */
  restore(): void {
    for (const { value } of this.#queue.list()) this.#begin(value)
  }

  #begin(queued: QueuedInvocation): void {
    this.#handle(queued).catch((error: unknown) => {
      if (this.#closing.signal.aborted) return
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.#platform.log('lambda', 'asynchronous invocation lost', { function: queued.name, cause })
    })
  }

  async #handle(first: QueuedInvocation): Promise<void> {
    const { clock } = this.#platform
    let queued = first
    for (;;) {
      await clock.sleep(Math.max(0, queued.due - clock.now()), this.#closing.signal)
      const fn = versionsTable(this.#platform).get(`${queued.name}:${queued.qualifier}`)
      const config = eventInvokeConfigs(this.#platform).get(`${queued.name}:${queued.qualifier}`)
      if (!fn) {
        this.#queue.delete(queued.requestId)
        this.#platform.log('lambda', 'asynchronous invocation dropped: its function is gone', { function: queued.name })
        return
      }
      const invocation = {
        requestId: queued.requestId,
        arn: functionArn(this.#platform, queued.name, queued.qualifier === '$LATEST' ? undefined : queued.qualifier),
        payload: queued.payload,
      }
      const outcome = await sandboxesOf(this.#platform)
        .invoke(fn, invocation)
        .catch((error: unknown) => {
          if (isThrottle(error)) return 'throttled' as const
          throw error
        })
      if (this.#closing.signal.aborted) return
      if (outcome !== 'throttled' && outcome.functionError === undefined) {
        await toDestination(this.#platform, fn, config?.DestinationConfig?.OnSuccess?.Destination, {
          queued,
          outcome,
          condition: 'Success',
        })
        this.#queue.delete(queued.requestId)
        return
      }
      const next = this.#again(queued, outcome, config?.MaximumRetryAttempts ?? defaultRetries)
      const ageMs = (config?.MaximumEventAgeInSeconds ?? defaultAgeSeconds) * 1000
      if (next && next.due - next.accepted <= ageMs) {
        this.#queue.put(next.requestId, next)
        queued = next
        continue
      }
      const condition = next ? 'EventAgeExceeded' : 'RetriesExhausted'
      const ended = { queued, outcome: outcome === 'throttled' ? undefined : outcome, condition } as const
      await toDestination(this.#platform, fn, config?.DestinationConfig?.OnFailure?.Destination, ended)
      await toDeadLetters(this.#platform, fn, ended)
      this.#queue.delete(queued.requestId)
      return
    }
  }

  #again(queued: QueuedInvocation, outcome: Outcome | 'throttled', retries: number): QueuedInvocation | undefined {
    const now = this.#platform.clock.now()
    if (outcome === 'throttled') {
      const delay = Math.min(1000 * 2 ** queued.throttles, maxThrottleDelayMs)
      return { ...queued, throttles: queued.throttles + 1, due: now + this.#platform.clock.pace(delay) }
    }
    if (queued.attempts >= retries) return undefined
    const delay = retryDelaysMs[queued.attempts] ?? maxThrottleDelayMs
    return { ...queued, attempts: queued.attempts + 1, due: now + this.#platform.clock.pace(delay) }
  }
}

const known = new WeakMap<Platform, Asynchronous>()

export const asynchronousOf = (platform: Platform): Asynchronous => {
  const kept = known.get(platform)
  if (kept) return kept
  const made = new Asynchronous(platform)
  known.set(platform, made)
  return made
}
