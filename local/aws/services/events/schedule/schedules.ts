import { randomUUID } from 'node:crypto'
import { perPlatform } from '../../../core/per-platform.ts'
import type { Platform } from '../../../core/platform.ts'
import { deliveriesOf } from '../delivery/deliveries.ts'
import { eventEnvelope } from '../event-envelope.ts'
import { ruleArn, rulesOf } from '../rules.ts'
import { checkedSchedule } from './schedule.ts'

/** A rule's next run, in milliseconds since 1970. */
interface Run {
  readonly rule: string
  readonly time: number
}

/** Runs the scheduled rules on the platform's clock. A time that passed while nothing ran is not made up for. */
class Schedules {
  readonly #platform: Platform
  #watching: AbortController | undefined
  #closed = false

  constructor(platform: Platform) {
    this.#platform = platform
    platform.onClose(() => {
      this.#closed = true
      this.#watching?.abort()
    })
  }

  /** Looks at the rules anew; called whenever one has changed. */
  changed(): void {
    this.#watching?.abort()
    if (this.#closed) return
    const watching = new AbortController()
    this.#watching = watching
    this.#watch(watching.signal).catch((error: unknown) => {
      if (watching.signal.aborted) return
      this.#platform.log('events', 'schedules broke', { level: 'error', error: String(error) })
    })
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { clock } = this.#platform
    let after = clock.now()
    for (;;) {
      const runs = this.#runs(after)
      const time = Math.min(...runs.map((run) => run.time))
      if (time === Infinity) return
      await clock.sleep(time - clock.now(), signal)
      after = Math.max(time, clock.now())
      for (const run of runs) if (run.time === time) this.#run(run)
    }
  }

  #runs(after: number): readonly Run[] {
    return rulesOf(this.#platform)
      .list()
      .flatMap(({ value: { Name, State, ScheduleExpression, changed } }) => {
        if (State === 'DISABLED' || ScheduleExpression === undefined) return []
        const time = checkedSchedule(ScheduleExpression)(after, changed)
        return time === undefined ? [] : { rule: Name, time }
      })
  }

  #run({ rule, time }: Run): void {
    const event = eventEnvelope(this.#platform, {
      id: randomUUID(),
      time,
      source: 'aws.events',
      detailType: 'Scheduled Event',
      resources: [ruleArn(this.#platform, rule)],
      detail: {},
    })
    deliveriesOf(this.#platform).accept(rule, event)
  }
}

export const schedulesOf = perPlatform((platform) => new Schedules(platform))
