import { randomUUID } from 'node:crypto'
import { withinLimits } from '../deadline.ts'
import type { TaskState } from '../definition.ts'
import { StateError } from '../errors.ts'
import { payload } from '../history.ts'
import type { Json } from '../json.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import { recover } from '../recover.ts'
import type { Value } from '../language.ts'
import type { Visit } from '../visit.ts'
import { taskEvents } from './task-events.ts'
import type { TaskEvents } from './task-events.ts'

const ended = (visit: Visit, { prefix, common }: TaskEvents, error: StateError, late: boolean) => {
  const details = {
    ...common,
    ...(error.error !== undefined && { error: error.error }),
    ...(error.cause && { cause: error.cause }),
  }
  visit.event(`${prefix}${late ? 'TimedOut' : 'Failed'}`, details)
}

const seconds = async ({ language }: Visit, value: Value) => {
  const found = await language.number('integer', value)
  if (found === undefined || found > 0) return found
  throw language.refusal(`The ${value.field} field must be a positive integer but was: ${found}`, value.field)
}

const timeout = (visit: Visit, { TimeoutSeconds: literal, TimeoutSecondsPath: path }: TaskState) =>
  seconds(visit, { field: 'TimeoutSeconds', literal, path })

const heartbeat = (visit: Visit, { HeartbeatSeconds: literal, HeartbeatSecondsPath: path }: TaskState) =>
  seconds(visit, { field: 'HeartbeatSeconds', literal, path })

/** Somebody else may answer for these by the task token: callbacks, and jobs that are waited for. */
const tokened = /\.(waitForTaskToken|sync(:2)?)$/

/** One attempt: from the arguments to the result. */
const attempt = async (visit: Visit, state: TaskState): Promise<Json> => {
  const { flow } = visit.scope
  visit.token = tokened.test(state.Resource) ? randomUUID() : undefined
  const given = visit.limited(await visit.language.given(state))
  const timeoutSeconds = await timeout(visit, state)
  const heartbeatSeconds = await heartbeat(visit, state)
  const refusal = flow.refuses(state.Resource)
  if (refusal !== undefined) throw visit.failure('States.Runtime', refusal)
  const events = taskEvents(state.Resource)
  const startsLater = events.prefix === 'Activity'
  const beats = startsLater || state.Resource.endsWith('.waitForTaskToken')

  visit.event(`${events.prefix}Scheduled`, {
    ...events.scheduled(given, flow.region),
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  })
  if (!startsLater) visit.event(`${events.prefix}Started`, events.prefix === 'Task' ? events.common : undefined)
  let late = true
  try {
    const limits = { timeoutSeconds, heartbeatSeconds: beats ? heartbeatSeconds : undefined, beatsLater: startsLater }
    const result = await withinLimits(visit, limits, async (signal, heartbeat) => {
      const told = (type: string, details: Readonly<Record<string, unknown>>) => {
        if (!signal.aborted) visit.event(type, details)
      }
      try {
        const value = await flow.tasks(state.Resource, given, {
          state: visit.name,
          signal,
          token: visit.token,
          heartbeat,
          taken: (workerName) => {
            heartbeat()
            told('ActivityStarted', workerName === undefined ? {} : { workerName })
          },
          submitted: (output) => told('TaskSubmitted', { ...events.common, ...payload('output', output) }),
        })
        return visit.limited(value, events.source)
      } catch (error) {
        if (!signal.aborted) late = false
        throw error
      }
    })
    visit.event(`${events.prefix}Succeeded`, { ...events.common, ...payload('output', result) })
    return result
  } catch (error) {
    if (error instanceof StateError) ended(visit, events, error, late)
    throw error
  }
}

export const runTask = (state: TaskState, visit: Visit): Promise<Step> =>
  recover(visit, state, async () => {
    const result = await attempt(visit, state)
    return leave(visit, state, result, { result })
  })
