import { Interruption, StateError } from '@hopline/local-states'
import type { JsonObject } from '@hopline/local-states'
import type { Attempt } from './attempt.ts'

/** Something that runs on its own once it is started. */
export interface Job {
  /** Gives the answer to the request that starts it. */
  readonly start: () => Promise<JsonObject>
  readonly describe: () => Promise<JsonObject>
  readonly statusOf: (description: JsonObject) => 'running' | 'succeeded' | 'failed'
  readonly stop: () => Promise<unknown>
}

const lookEveryMs = 2000
const failedLooks = 5

/**
 * The `.sync` pattern: starts a job and looks at it until it has ended; a failed one is States.TaskFailed with the
 * description as cause. When the state's time is up or the execution is stopped, the job is stopped as well.
 * A look that fails is taken again, five times in a row.
 */
export const runJob = async ({ platform, call }: Attempt, job: Job): Promise<JsonObject> => {
  const { signal } = call
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
  call.submitted(await job.start())
  if (signal.aborted) stop()
  signal.throwIfAborted()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (;;) {
      const description = await look()
      const status = description && job.statusOf(description)
      if (status === 'succeeded') return description ?? {}
      if (status === 'failed') throw new StateError('States.TaskFailed', JSON.stringify(description))
      await platform.clock.sleep(platform.clock.pace(lookEveryMs), signal)
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
