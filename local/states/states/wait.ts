import type { WaitState } from '../definition.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import type { Visit } from '../visit.ts'

const longestWaitSeconds = 99_999_999
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Milliseconds since 1970, or NaN for a text that is no ISO-8601 date and time with an offset. */
const parseTime = (text: string) => (isoTime.test(text) ? Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) : Number.NaN)

const delayMs = async ({ Seconds, Timestamp }: WaitState, visit: Visit): Promise<number> => {
  if (Seconds !== undefined) {
    const seconds = await visit.number(Seconds, 'Seconds')
    if (Number.isInteger(seconds) && seconds >= 0) return seconds * 1000
    throw visit.evaluationFailure(`The Seconds field must be a non-negative integer but was: ${seconds}`, 'Seconds')
  }
  const text = await visit.string(Timestamp ?? '', 'Timestamp')
  const time = parseTime(text)
  if (!Number.isNaN(time)) return Math.max(0, time - visit.scope.flow.clock.now())
  throw visit.evaluationFailure(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    'Timestamp',
  )
}

export const runWait = async (state: WaitState, visit: Visit): Promise<Step> => {
  const ms = await delayMs(state, visit)
  if (ms > longestWaitSeconds * 1000) throw visit.failure('States.Runtime', 'Wait state delay is too long.')
  await visit.scope.flow.clock.sleep(ms, visit.scope.signal)
  return leave(visit, state, visit.input)
}
