import { Interruption } from '@hopline/local-states'
import { perPlatform } from '../../../core/per-platform.ts'
import { runExecution } from './run-execution.ts'

/** Executions at work in this process, by `machine:name`. */
export const runningExecutions = perPlatform((platform) => {
  const running = new Map<string, { end: AbortController; done: Promise<void> }>()
  const all = () => Promise.all([...running.values()].map(({ done }) => done))
  platform.onClose(async () => {
    for (const { end } of running.values()) end.abort(new Error('the platform is closing'))
    await all()
  })
  const begin = (key: string, redriven: boolean): Promise<void> => {
    const end = new AbortController()
    const done = runExecution(platform, key, { signal: end.signal, redriven }).finally(() => running.delete(key))
    running.set(key, { end, done })
    return done
  }
  return {
    /** Resolves when the execution has ended. */
    start: (key: string) => begin(key, false),
    /** Goes on with one that did not succeed; resolves when it has ended. */
    redrive: (key: string) => begin(key, true),
    /** Ends an execution as ABORTED; resolves once it is. */
    async stop(key: string, problem: { error?: string; cause?: string }): Promise<void> {
      const execution = running.get(key)
      execution?.end.abort(new Interruption('stopped', problem))
      await execution?.done
    },
  }
})
