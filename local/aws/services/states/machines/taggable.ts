import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { machineNameOf } from '../names.ts'
import { stateMachines } from './state-machine.ts'

/** The ARN again, if tags can hang on it: machines have tags, executions do not. Throws InvalidArn or ResourceNotFound. */
export const taggable = (platform: Platform, arn: string): string => {
  if (stateMachines(platform).get(machineNameOf(arn))?.arn === arn) return arn
  throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn })
}
