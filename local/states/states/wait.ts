import type { WaitState } from '../definition.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import type { Visit } from '../visit.ts'

/** AWS counts the seconds in 31 bits. */
const longestWaitSeconds = 2 ** 31 - 1

export const runWait = async (state: WaitState, visit: Visit): Promise<Step> => {
  const { clock } = visit.scope.flow
  const given = await visit.language.given({})
  const ms = await visit.language.delayMs(state, clock.now())
  if (ms > longestWaitSeconds * 1000) throw visit.failure('States.Runtime', 'Wait state delay is too long.')
  await clock.sleep(ms, visit.scope.signal)
  return leave(visit, state, given)
}
