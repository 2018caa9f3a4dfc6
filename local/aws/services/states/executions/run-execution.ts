import { run } from '@hopline/local-states'
import type { Json, Outcome } from '@hopline/local-states'
import type { Platform } from '../../../core/platform.ts'
import { activities } from '../activities/activity.ts'
import { readDefinition } from '../machines/check-definition.ts'
import { activityNameOf } from '../names.ts'
import { performTasks } from '../tasks/perform-tasks.ts'
import { endExecution } from './end-execution.ts'
import { executionData, executions } from './execution.ts'
import type { ExecutionData, ExecutionRecord } from './execution.ts'
import { appendEvent } from './history.ts'

const missingActivity = (platform: Platform, resource: string) => {
  const isActivity = resource.includes(':activity:')
  const isThere = isActivity && activities(platform).get(activityNameOf(resource)) !== undefined
  return isActivity && !isThere ? `The activity ${resource} does not exist.` : undefined
}

const outcomeOf = (platform: Platform, execution: ExecutionRecord & ExecutionData, signal: AbortSignal) => {
  const { key, arn, name, machine, startedAt } = execution
  const input: Json = JSON.parse(execution.input)
  return run({
    definition: readDefinition(machine.definition),
    input,
    context: {
      Execution: {
        Id: arn,
        Input: input,
        Name: name,
        RoleArn: machine.roleArn,
        StartTime: new Date(startedAt).toISOString(),
        RedriveCount: 0,
      },
      StateMachine: { Id: machine.arn, Name: machine.name },
    },
    tasks: performTasks(platform, { executionArn: arn, machineArn: machine.arn, roleArn: machine.roleArn }),
    refuses: (resource) => missingActivity(platform, resource),
    clock: platform.clock,
    signal,
    onEvent: (event) => appendEvent(platform, key, event),
    region: platform.region,
  })
}

/** Runs a stored execution to its end. Never rejects: a fault of the platform fails the execution and is logged. */
export const runExecution = async (platform: Platform, key: string, signal: AbortSignal): Promise<void> => {
  const record = executions(platform).get(key)
  const data = executionData(platform).get(key)
  if (!record || !data) return
  let outcome: Outcome
  try {
    outcome = await outcomeOf(platform, { ...record, ...data }, signal)
  } catch (error) {
    if (signal.aborted && error === signal.reason) return
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
    platform.log('states', 'an execution broke', { level: 'error', execution: record.arn, error: cause })
    outcome = { status: 'FAILED', error: 'States.Runtime', cause: 'The platform failed; its log has the cause.' }
  }
  endExecution(platform, key, outcome)
}
