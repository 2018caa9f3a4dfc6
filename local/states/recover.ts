import type { MapState, ParallelState, TaskState } from './definition.ts'
import { StateError } from './errors.ts'
import type { JsonObject } from './json.ts'
import { leave } from './leave.ts'
import type { Step } from './leave.ts'
import { catcherOf, Retries } from './recovery.ts'
import type { Visit } from './visit.ts'

/** What a catcher sees: both members are always there; a timeout's cause is empty text. */
const errorOutput = ({ error, cause }: StateError): JsonObject => ({
  Error: error ?? null,
  Cause: cause ?? (error === 'States.Timeout' ? '' : null),
})

/** Runs a state's attempts under its Retry and Catch. `onGivenUp` runs once no retry is left, before Catch. */
export const recover = async (
  visit: Visit,
  { Retry = [], Catch = [] }: TaskState | MapState | ParallelState,
  attempt: () => Promise<Step>,
  onGivenUp: (error: StateError) => void = () => {},
): Promise<Step> => {
  const { flow, signal } = visit.scope
  const retries = new Retries(Retry, flow.random)
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof StateError)) throw error
      const delayMs = retries.next(error)
      if (delayMs === undefined) {
        onGivenUp(error)
        const catcher = catcherOf(Catch, error)
        if (!catcher) throw error
        const caught = errorOutput(error)
        return await leave(visit, catcher, caught, { errorOutput: caught })
      }
      await flow.clock.sleep(delayMs, signal)
      visit.retryCount++
    }
  }
}
