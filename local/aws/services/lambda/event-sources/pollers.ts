import { perPlatform } from '../../../core/per-platform.ts'
import type { Platform } from '../../../core/platform.ts'
import type { EventSourceMapping } from './mapping.ts'
import { kindOf, mappings } from './mapping.ts'
import { pollQueue } from './queue-poller.ts'
import { pollStream } from './stream-poller.ts'

const retryMs = 10_000

const poll = { sqs: pollQueue, kinesis: pollStream }

const causeOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Who reads for the enabled mappings of a platform. */
class Pollers {
  readonly #platform: Platform
  readonly #running = new Map<string, AbortController>()
  #closed = false

  constructor(platform: Platform) {
    this.#platform = platform
    platform.onClose(() => {
      this.#closed = true
      for (const poller of this.#running.values()) poller.abort()
    })
  }

  /** Starts, restarts or ends the reading, as the mapping now is. */
  apply(mapping: EventSourceMapping, enabled: boolean): void {
    this.end(mapping.UUID)
    if (!enabled || this.#closed) return
    const poller = new AbortController()
    this.#running.set(mapping.UUID, poller)
    void this.#keepReading(mapping, poller.signal)
  }

  end(uuid: string): void {
    this.#running.get(uuid)?.abort()
    this.#running.delete(uuid)
  }

  /** What cannot be read at the moment is tried again: a queue may come back, a role may get its permission. */
  async #keepReading(mapping: EventSourceMapping, signal: AbortSignal): Promise<void> {
    const { clock } = this.#platform
    while (!signal.aborted) {
      const problem = await poll[kindOf(mapping.EventSourceArn)](this.#platform, mapping, signal).catch(causeOf)
      if (signal.aborted) return
      this.#tell(mapping.UUID, `PROBLEM: ${problem ?? 'the source ended'}`)
      await clock.sleep(clock.pace(retryMs), signal).catch(() => {})
    }
  }

  #tell(uuid: string, LastProcessingResult: string): void {
    const kept = mappings(this.#platform).get(uuid)
    if (kept) mappings(this.#platform).put(uuid, { ...kept, LastProcessingResult })
    this.#platform.log('lambda', 'event source not read', { mapping: uuid, cause: LastProcessingResult })
  }
}

export const pollersOf = perPlatform((platform) => new Pollers(platform))

/** Takes up the reading where an earlier run of the platform left it. */
export const restorePollers = (platform: Platform): void => {
  for (const { value } of mappings(platform).list()) {
    if (value.State === 'Deleting') mappings(platform).delete(value.UUID)
    else pollersOf(platform).apply(value, value.State !== 'Disabled' && value.State !== 'Disabling')
  }
}
