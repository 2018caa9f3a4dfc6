import type { Json, StateError } from '@hopline/local-states'
import * as z from 'zod'
import { AwsError } from '../../../core/errors.ts'
import { perPlatform } from '../../../core/per-platform.ts'

export const taskTokenInput = z.string().min(1).max(2048)

interface OpenTask {
  readonly heartbeat: () => void
  readonly resolve: (result: Json) => void
  readonly reject: (reason: unknown) => void
}

export type Settlement = { readonly result: Json } | { readonly failure: StateError }

const tokenForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Tasks that wait for SendTaskSuccess or SendTaskFailure. Tokens are remembered beyond their task's end. */
export const openTasks = perPlatform((platform) => {
  const issued = platform.store.table<true>('states.task-tokens')
  const open = new Map<string, OpenTask>()

  const find = (token: string): OpenTask => {
    const task = open.get(token)
    if (task) return task
    if (!tokenForm.test(token)) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'")
    if (!issued.get(token))
      throw new AwsError('TaskDoesNotExist', "Task does not exist: 'Provided task does not exist'")
    throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'")
  }

  return {
    /** The task's result, once someone sends it; `signal` ends the waiting. */
    wait(token: string, heartbeat: () => void, signal: AbortSignal): Promise<Json> {
      const { promise, resolve, reject } = Promise.withResolvers<Json>()
      const leave = () => {
        open.delete(token)
        reject(signal.reason)
      }
      issued.put(token, true)
      open.set(token, { heartbeat, resolve, reject })
      signal.addEventListener('abort', leave, { once: true })
      promise.catch(() => {}) // whoever waits hears of it too
      return promise.finally(() => signal.removeEventListener('abort', leave))
    },
    /** Throws InvalidToken, TaskDoesNotExist or TaskTimedOut. */
    require: (token: string): void => void find(token),
    /** Throws as `require`. */
    settle(token: string, settlement: Settlement): void {
      const task = find(token)
      open.delete(token)
      if ('failure' in settlement) task.reject(settlement.failure)
      else task.resolve(settlement.result)
    },
    /** Throws as `require`. */
    beat: (token: string): void => find(token).heartbeat(),
    forget: (token: string): void => void open.delete(token),
  }
})
