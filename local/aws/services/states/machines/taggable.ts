import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { activities } from '../activities/activity.ts'
import { activityNameOf, machineNameOf } from '../names.ts'
import { stateMachines } from './state-machine.ts'

/** The ARN again, if tags can hang on it: machines and activities have tags, executions do not. Throws InvalidArn or ResourceNotFound. */
export const taggable = (platform: Platform, arn: string): string => {
  const kept = arn.includes(':activity:')
    ? activities(platform).get(activityNameOf(arn))
    : stateMachines(platform).get(machineNameOf(arn))
  if (kept?.arn === arn) return arn
  throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn })
}
