import type { Json, JsonObject } from '@hopline/local-states'
import type { Platform } from '../../../core/platform.ts'
import { executionData, executions } from '../executions/execution.ts'
import type { StateMachineRecord } from '../machines/state-machine.ts'
import { childKey } from './child-execution.ts'
import type { Child } from './map-run.ts'

/** A child as a ResultWriter sees it. */
export interface ChildResult {
  readonly status: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED'
  readonly output: Json
  /** As Transformation NONE writes it. */
  readonly described: JsonObject
}

const iso = (name: string, ms: number | undefined): JsonObject =>
  ms === undefined ? {} : { [name]: new Date(ms).toISOString() }

const payload = (name: string, text: string | undefined): JsonObject =>
  text === undefined ? {} : { [name]: text, [`${name}Details`]: { Included: true } }

export const childResult = (platform: Platform, machine: StateMachineRecord, child: Child): ChildResult => {
  const key = childKey(machine, child)
  const record = executions(platform).get(key)
  const { output, error, cause } = executionData(platform).get(key) ?? {}
  const status = record?.status ?? 'PENDING'
  const described = {
    ...(record && { ExecutionArn: record.arn }),
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
    ...payload('Input', JSON.stringify(child.input)),
    Name: child.name,
    ...payload('Output', output),
    RedriveCount: record?.redriveCount ?? 0,
    ...iso('StartDate', record?.startedAt),
    StateMachineArn: machine.arn,
    Status: status,
    ...iso('StopDate', record?.stoppedAt),
  }
  return { status, output: output === undefined ? null : JSON.parse(output), described }
}
