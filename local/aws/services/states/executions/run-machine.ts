import { run } from '@hopline/local-states'
import type { HistoryEvent, Json, JsonObject, Outcome } from '@hopline/local-states'
import type { Platform } from '../../../core/platform.ts'
import { activities } from '../activities/activity.ts'
import { readDefinition } from '../machines/check-definition.ts'
import type { StateMachineRecord } from '../machines/state-machine.ts'
import { mapRunsOf } from '../map-runs/map-runs-of.ts'
import { activityNameOf } from '../names.ts'
import { performTasks } from '../tasks/perform-tasks.ts'
import { executionLog } from './execution-log.ts'

const missingActivity = (platform: Platform, resource: string) => {
  const isActivity = resource.includes(':activity:')
  const isThere = isActivity && activities(platform).get(activityNameOf(resource)) !== undefined
  return isActivity && !isThere ? `The activity ${resource} does not exist.` : undefined
}

/** One turn of an execution: from its start, or from where its history ends. */
export interface Turn {
  readonly arn: string
  readonly name: string
  readonly machine: StateMachineRecord
  /** JSON text. */
  readonly input: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Joins the context object's `Execution`. */
  readonly context: JsonObject
  readonly timeoutSeconds?: number
  readonly signal: AbortSignal
  readonly onEvent: (event: HistoryEvent) => void
  /** The history to go on from. */
  readonly redrive?: readonly HistoryEvent[]
}

/** Runs a machine with the platform's tasks, Map Runs and logs, as the machine's role. */
export const runMachine = async (platform: Platform, turn: Turn): Promise<Outcome> => {
  const { arn, name, machine, signal, timeoutSeconds, redrive } = turn
  const input: Json = JSON.parse(turn.input)
  const log = executionLog(platform, machine, arn)
  const definition = readDefinition(machine.definition)
  try {
    return await run({
      definition: timeoutSeconds === undefined ? definition : { ...definition, TimeoutSeconds: timeoutSeconds },
      input,
      context: {
        Execution: {
          Id: arn,
          Input: input,
          Name: name,
          RoleArn: machine.roleArn,
          StartTime: new Date(turn.startedAt).toISOString(),
          ...turn.context,
        },
        StateMachine: { Id: machine.arn, Name: machine.name },
      },
      tasks: performTasks(platform, { executionArn: arn, machineArn: machine.arn, roleArn: machine.roleArn }),
      mapRuns: mapRunsOf(platform, { arn, machine }),
      refuses: (resource) => missingActivity(platform, resource),
      clock: platform.clock,
      signal,
      onEvent: (event) => {
        turn.onEvent(event)
        log?.write(event)
      },
      ...(redrive && { redrive }),
      region: platform.region,
    })
  } finally {
    log?.deliver()
  }
}
