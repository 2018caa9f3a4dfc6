import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { machineNameOf } from '../names.ts'
import type { LoggingConfiguration, TracingConfiguration } from './settings.ts'

/** A machine as stored; times in milliseconds since 1970. */
export interface StateMachineRecord {
  readonly name: string
  readonly arn: string
  readonly roleArn: string
  readonly type: 'STANDARD' | 'EXPRESS'
  /** JSON text. */
  readonly definition: string
  readonly loggingConfiguration: LoggingConfiguration
  readonly tracingConfiguration: TracingConfiguration
  readonly createdAt: number
  /** Both are set once the machine has been updated. */
  readonly updatedAt?: number
  readonly revisionId?: string
}

export const stateMachines = (platform: Platform) => platform.store.table<StateMachineRecord>('states.machines')

/** The machine of an ARN. Throws InvalidArn or StateMachineDoesNotExist. */
export const stateMachine = (platform: Platform, arn: string): StateMachineRecord => {
  const machine = stateMachines(platform).get(machineNameOf(arn))
  if (machine?.arn !== arn) {
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`)
  }
  return machine
}
