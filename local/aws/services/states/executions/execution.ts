import type { Outcome } from '@hopline/local-states'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { executionKeyOf } from '../names.ts'
import type { StateMachineRecord } from '../machines/state-machine.ts'

/** An execution as lists show it; times in milliseconds since 1970. */
export interface ExecutionRecord {
  /** `machine:name`. */
  readonly key: string
  readonly arn: string
  readonly machineArn: string
  readonly name: string
  readonly status: 'RUNNING' | Outcome['status']
  readonly startedAt: number
  readonly stoppedAt?: number
  /** Express executions have no history. */
  readonly express?: true
  /** The Map Run that started it. */
  readonly mapRunArn?: string
  readonly redriveCount?: number
  readonly redrivenAt?: number
}

/** What an execution carries: kept apart, so that lists stay cheap. Input and output are JSON text. */
export interface ExecutionData {
  readonly input: string
  readonly output?: string
  readonly error?: string
  readonly cause?: string
  /** The machine as it was at the start. */
  readonly machine: StateMachineRecord
}

export const executions = (platform: Platform) => platform.store.table<ExecutionRecord>('states.executions')
export const executionData = (platform: Platform) => platform.store.table<ExecutionData>('states.execution-data')

/** The execution of an ARN. Throws InvalidArn or ExecutionDoesNotExist. */
export const execution = (platform: Platform, arn: string): ExecutionRecord & ExecutionData => {
  const key = executionKeyOf(arn)
  const record = executions(platform).get(key)
  const data = executionData(platform).get(key)
  if (record?.arn !== arn || !data) {
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`)
  }
  return { ...record, ...data }
}
