import type { MapRunPlan, Outcome } from '@hopline/local-states'
import type { Platform } from '../../../core/platform.ts'
import { beginExecution } from '../executions/begin-execution.ts'
import { executionData, executions } from '../executions/execution.ts'
import { redrive } from '../executions/redrive.ts'
import { runningExecutions } from '../executions/running-executions.ts'
import type { StateMachineRecord } from '../machines/state-machine.ts'
import { executionArn } from '../names.ts'
import type { Child, MapRunRecord } from './map-run.ts'

const outcomeOf = (platform: Platform, key: string): Outcome | undefined => {
  const record = executions(platform).get(key)
  const { output, error, cause } = executionData(platform).get(key) ?? {}
  if (!record || record.status === 'RUNNING') return undefined
  if (record.status === 'SUCCEEDED') return { status: 'SUCCEEDED', output: JSON.parse(output ?? 'null') }
  return {
    status: record.status,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  }
}

/** `machine/label:name`. */
export const childKey = (machine: StateMachineRecord, { name }: Child): string => `${machine.name}:${name}`

/**
 * Runs a child of a Map Run to its end. One that has succeeded before is left alone; a Standard one that has not is
 * redriven, an Express one started again.
 */
export const runChild = async (
  platform: Platform,
  { arn: mapRunArn }: MapRunRecord,
  { executionType }: MapRunPlan,
  machine: StateMachineRecord,
  child: Child,
  signal: AbortSignal,
): Promise<Outcome> => {
  const key = childKey(machine, child)
  const before = executions(platform).get(key)
  const known = before && outcomeOf(platform, key)
  if (known?.status === 'SUCCEEDED') return known
  const begin = () =>
    beginExecution(
      platform,
      {
        key,
        arn: executionArn(platform, machine.name, child.name),
        machineArn: machine.arn,
        name: child.name,
        mapRunArn,
        ...(executionType === 'EXPRESS' && { express: true }),
      },
      { input: JSON.stringify(child.input), machine },
    )
  const { done } = before && executionType === 'STANDARD' ? redrive(platform, key) : begin()
  const stop = () => void runningExecutions(platform).stop(key, {})
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (signal.aborted) stop()
    await done
  } finally {
    signal.removeEventListener('abort', stop)
  }
  signal.throwIfAborted()
  const outcome = outcomeOf(platform, key)
  if (!outcome) throw new Error('a child execution did not end')
  return outcome
}
