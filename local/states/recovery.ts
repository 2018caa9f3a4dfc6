import type { Catcher, Retrier } from './definition.ts'
import type { StateError } from './errors.ts'

/** States.Runtime ends the execution, whatever Retry and Catch say. */
const isTerminal = ({ error }: StateError) => error === 'States.Runtime'

const isTimeout = ({ error }: StateError) => error === 'States.Timeout'

/** Whether a retrier or a catcher answers for the error. */
export const matches = ({ ErrorEquals }: { readonly ErrorEquals: readonly string[] }, error: StateError): boolean =>
  !isTerminal(error) &&
  ErrorEquals.some(
    (name) =>
      name === 'States.ALL' ||
      name === error.error ||
      (name === 'States.TaskFailed' && !isTimeout(error)) ||
      (name === 'States.HeartbeatTimeout' && error.heartbeat),
  )

/** Seconds before attempt `attempt` (0 is the first retry), before jitter. */
export const backoffSeconds = (
  { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity }: Retrier,
  attempt: number,
): number => Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds)

/** Counts retries for each retrier of one visit. */
export class Retries {
  readonly #retriers: readonly Retrier[]
  readonly #used: number[]
  readonly #random: () => number
  constructor(retriers: readonly Retrier[], random: () => number) {
    this.#retriers = retriers
    this.#used = retriers.map(() => 0)
    this.#random = random
  }

  /** Milliseconds to wait before the next attempt, or undefined when there is none. */
  next(error: StateError): number | undefined {
    const index = this.#retriers.findIndex((retrier) => matches(retrier, error))
    const retrier = this.#retriers[index]
    const used = this.#used[index]
    if (!retrier || used === undefined || used >= (retrier.MaxAttempts ?? 3)) return undefined
    this.#used[index] = used + 1
    const seconds = backoffSeconds(retrier, used)
    return 1000 * (retrier.JitterStrategy === 'FULL' ? this.#random() * seconds : seconds)
  }
}

export const catcherOf = (catchers: readonly Catcher[], error: StateError): Catcher | undefined =>
  catchers.find((catcher) => matches(catcher, error))
