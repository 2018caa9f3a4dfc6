import { Interruption, StateError } from '@hopline/local-states'
import type { Json, JsonObject } from '@hopline/local-states'
import type { Attempt } from './attempt.ts'
import { openTasks } from './open-tasks.ts'

/** Something that runs on its own once it is started. */
export interface Job {
  /** Gives the answer to the request that starts it. */
  readonly start: () => Promise<JsonObject>
  readonly describe: () => Promise<JsonObject>
  readonly statusOf: (description: JsonObject) => 'running' | 'succeeded' | 'failed'
  /** What the state gets of a job that succeeded; without it the description. */
  readonly resultOf?: (description: JsonObject) => JsonObject
  readonly stop: () => Promise<unknown>
}

const lookEveryMs = 2000
const failedLooks = 5

/**
 * The `.sync` pattern: starts a job and looks at it until it has ended; a failed one is States.TaskFailed with the
 * description as cause. When the state's time is up or the execution is stopped, the job is stopped as well.
 * A look that fails is taken again, five times in a row. Who has the task token may answer before the job does.
 */
export const runJob = async ({ platform, call }: Attempt, job: Job): Promise<Json> => {
  const { signal, token = '', heartbeat } = call
  const tasks = openTasks(platform)
  const stop = () => {
    if (!(signal.reason instanceof Interruption)) return
    job.stop().catch((error: unknown) => platform.log('states', 'a job was not stopped', { cause: String(error) }))
  }
  let failures = 0
  const look = async () => {
    try {
      const description = await job.describe()
      failures = 0
      return description
    } catch (error) {
      if (++failures > failedLooks) throw error
      return undefined
    }
  }
  const settled = new AbortController()
  const ended = async () => {
    for (;;) {
      const description = await look()
      const status = description && job.statusOf(description)
      if (description && status === 'succeeded') return job.resultOf?.(description) ?? description
      if (status === 'failed') throw new StateError('States.TaskFailed', JSON.stringify(description))
      await platform.clock.sleep(platform.clock.pace(lookEveryMs), AbortSignal.any([signal, settled.signal]))
    }
  }
  const answered = tasks.wait(token, heartbeat, signal)
  answered.catch(() => {}) // a job that does not start is heard of first
  try {
    call.submitted(await job.start())
    if (signal.aborted) stop()
    signal.throwIfAborted()
    signal.addEventListener('abort', stop, { once: true })
    const done = ended()
    done.catch(() => {}) // nobody looks at the job any more once the token is answered
    return await Promise.race([answered, done])
  } finally {
    settled.abort()
    tasks.forget(token)
    signal.removeEventListener('abort', stop)
  }
}
