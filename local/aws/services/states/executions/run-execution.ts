import type { Outcome } from '@hopline/local-states'
import type { Platform } from '../../../core/platform.ts'
import { endExecution } from './end-execution.ts'
import { executionData, executions } from './execution.ts'
import { appendEvent, historyOf } from './history.ts'
import { runMachine } from './run-machine.ts'

interface Turn {
  readonly signal: AbortSignal
  /** The execution goes on from where its history ends. */
  readonly redriven: boolean
}

/** Runs a stored execution to its end. Never rejects: a fault of the platform fails the execution and is logged. */
export const runExecution = async (platform: Platform, key: string, { signal, redriven }: Turn): Promise<void> => {
  const record = executions(platform).get(key)
  const data = executionData(platform).get(key)
  if (!record || !data) return
  const { arn, name, startedAt, express, redriveCount = 0, redrivenAt } = record
  const redriveTime = redrivenAt === undefined ? {} : { RedriveTime: new Date(redrivenAt).toISOString() }
  let outcome: Outcome
  try {
    outcome = await runMachine(platform, {
      arn,
      name,
      machine: data.machine,
      input: data.input,
      startedAt,
      context: { RedriveCount: redriveCount, ...redriveTime },
      signal,
      onEvent: (event) => {
        if (!express) appendEvent(platform, key, event)
      },
      ...(redriven && { redrive: historyOf(platform, key) }),
    })
  } catch (error) {
    if (signal.aborted && error === signal.reason) return
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
    platform.log('states', 'an execution broke', { level: 'error', execution: record.arn, error: cause })
    outcome = { status: 'FAILED', error: 'States.Runtime', cause: 'The platform failed; its log has the cause.' }
  }
  endExecution(platform, key, outcome)
}
