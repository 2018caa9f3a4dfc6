import { randomUUID } from 'node:crypto'
import type { Outcome } from '@hopline/local-states'
import { perPlatform } from '../../../core/per-platform.ts'
import type { StateMachineRecord } from '../machines/state-machine.ts'
import { expressArn } from '../names.ts'
import { runMachine } from './run-machine.ts'

const longestSeconds = 300

/** Express executions: nothing of them is stored, their logs are their only history. */
export const expressExecutions = perPlatform((platform) => {
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()
  platform.onClose(async () => {
    closing.abort(new Error('the platform is closing'))
    await Promise.allSettled(running)
  })
  return {
    /** Runs a machine for at most five minutes; `outcome` rejects only when the platform closes or fails. */
    start(machine: StateMachineRecord, name: string, input: string) {
      const arn = expressArn(platform, machine.name, name, randomUUID())
      const startedAt = platform.clock.now()
      const { TimeoutSeconds = longestSeconds }: { TimeoutSeconds?: number } = JSON.parse(machine.definition)
      const outcome: Promise<Outcome> = runMachine(platform, {
        arn,
        name,
        machine,
        input,
        startedAt,
        context: {},
        signal: closing.signal,
        onEvent: () => {},
        timeoutSeconds: Math.min(TimeoutSeconds, longestSeconds),
      })
      const settled = outcome.catch((error: unknown) => {
        if (!closing.signal.aborted)
          platform.log('states', 'an express execution broke', { execution: arn, error: String(error) })
      })
      running.add(settled)
      void settled.then(() => running.delete(settled))
      return { arn, startedAt, outcome }
    },
  }
})
