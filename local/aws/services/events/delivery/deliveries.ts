import { randomUUID } from 'node:crypto'
import { perPlatform } from '../../../core/per-platform.ts'
import type { Platform } from '../../../core/platform.ts'
import type { Table } from '../../../core/store.ts'
import type { EventEnvelope } from '../event-envelope.ts'
import { ruleArn } from '../rules.ts'
import { targetsOf } from '../targets.ts'
import { toDeadLetters } from './dead-letters.ts'
import type { Delivery } from './delivery.ts'
import { deliveryFailure } from './delivery-failure.ts'
import { retryDelayMs } from './retry-delay.ts'
import { send } from './send.ts'

const defaultRetries = 185
const defaultAgeSeconds = 86_400

/** What is on its way to targets: durable, at least once, tried again until it is too often or too old. */
class Deliveries {
  readonly #platform: Platform
  readonly #table: Table<Delivery>
  readonly #closing = new AbortController()

  constructor(platform: Platform) {
    this.#platform = platform
    this.#table = platform.store.table('events.deliveries')
    platform.onClose(() => this.#closing.abort())
  }

  /** Keeps the event for each of the rule's targets, then begins to deliver. */
  accept(Name: string, event: EventEnvelope): void {
    const now = this.#platform.clock.now()
    const rule = { Name, Arn: ruleArn(this.#platform, Name) }
    const deliveries = targetsOf(this.#platform, Name).map((target): Delivery => ({
      id: randomUUID(),
      rule,
      target,
      event,
      failures: 0,
      accepted: now,
      due: now,
    }))
    this.#platform.store.transaction(() => {
      for (const delivery of deliveries) this.#table.put(delivery.id, delivery)
    })
    for (const delivery of deliveries) this.#begin(delivery)
  }

  /** Takes up what an earlier run of the platform left. */
  restore(): void {
    for (const { value } of this.#table.list()) this.#begin(value)
  }

  #begin(delivery: Delivery): void {
    this.#deliver(delivery).catch((error: unknown) => {
      if (this.#closing.signal.aborted) return
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.#platform.log('events', 'a delivery broke', { level: 'error', rule: delivery.rule.Name, cause })
    })
  }

  async #deliver(first: Delivery): Promise<void> {
    for (let next: Delivery | undefined = first; next; next = await this.#attempt(next)) {
      const wait = next.due - this.#platform.clock.now()
      if (wait > 0) await this.#platform.clock.sleep(wait, this.#closing.signal)
    }
    this.#table.delete(first.id)
  }

  /** One try; the delivery to try next, if any. */
  async #attempt(delivery: Delivery): Promise<Delivery | undefined> {
    const { clock } = this.#platform
    try {
      await send(this.#platform, delivery)
      return undefined
    } catch (error) {
      this.#closing.signal.throwIfAborted()
      const failure = deliveryFailure(error)
      const { MaximumRetryAttempts = defaultRetries, MaximumEventAgeInSeconds = defaultAgeSeconds } =
        delivery.target.RetryPolicy ?? {}
      const due = clock.now() + clock.pace(retryDelayMs(delivery.failures))
      const exhausted = !failure.retriable
        ? undefined
        : delivery.failures >= MaximumRetryAttempts
          ? 'MaximumRetryAttempts'
          : due - delivery.accepted > MaximumEventAgeInSeconds * 1000
            ? 'MaximumEventAgeInSeconds'
            : undefined
      if (!failure.retriable || exhausted) {
        await toDeadLetters(this.#platform, delivery, { failure, exhausted })
        return undefined
      }
      const next = { ...delivery, failures: delivery.failures + 1, due }
      this.#table.put(next.id, next)
      return next
    }
  }
}

export const deliveriesOf = perPlatform((platform) => new Deliveries(platform))
