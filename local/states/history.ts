import type { Clock } from './clock.ts'
import { StateError } from './errors.ts'
import type { Json } from './json.ts'

/** An event as GetExecutionHistory has it; `timestamp` is in milliseconds since 1970. */
export interface HistoryEvent {
  readonly id: number
  readonly previousEventId: number
  readonly type: string
  readonly timestamp: number
  /** One member named after the type: `taskScheduledEventDetails`, `stateEnteredEventDetails`. */
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, unknown>>
}

const longestHistory = 25_000

/** Several types share one kind of details: `PassStateEntered` has `stateEnteredEventDetails`. */
const detailsName = (type: string) => {
  const shared = /State(Entered|Exited)$/.exec(type)
  const kind = shared ? `State${shared[1]}` : type
  return `${kind.charAt(0).toLowerCase()}${kind.slice(1)}EventDetails` as const
}

/** Where a sequence of states writes: its last event is the next one's `previousEventId`. */
export interface Thread {
  last: number
  /** Written by the Map or Parallel around it when that ends: AWS calls a Task that failed in there aborted. */
  open?: string
}

/** The one numbered history of an execution. */
export class History {
  #count: number
  readonly #clock: Clock
  readonly #onEvent: (event: HistoryEvent) => void
  /** `count` events are there already. */
  constructor(clock: Clock, onEvent: (event: HistoryEvent) => void, count = 0) {
    this.#count = count
    this.#clock = clock
    this.#onEvent = onEvent
  }

  /** Returns the event's id. Throws StateError once the history is as long as it may be; endings still fit. */
  add(thread: Thread, type: string, details?: Readonly<Record<string, unknown>>): number {
    if (this.#count >= longestHistory - 1 && !type.startsWith('Execution')) {
      throw new StateError(
        'States.Runtime',
        `The execution reached the maximum number of history events (${longestHistory}).`,
      )
    }
    const id = ++this.#count
    this.#onEvent({
      id,
      previousEventId: thread.last,
      type,
      timestamp: this.#clock.now(),
      ...(details && { [detailsName(type)]: details }),
    })
    thread.last = id
    return id
  }
}

/** How payloads are written into events. */
export const payload = (name: 'input' | 'output' | 'parameters', value: Json) => ({
  [name]: JSON.stringify(value),
  ...(name !== 'parameters' && { [`${name}Details`]: { truncated: false } }),
})
