import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { activityNameOf } from '../names.ts'

/** An activity as stored; `createdAt` in milliseconds since 1970. */
export interface ActivityRecord {
  readonly arn: string
  readonly name: string
  readonly createdAt: number
}

export const activities = (platform: Platform) => platform.store.table<ActivityRecord>('states.activities')

/** The activity of an ARN. Throws InvalidArn or ActivityDoesNotExist. */
export const activity = (platform: Platform, arn: string): ActivityRecord => {
  const found = activities(platform).get(activityNameOf(arn))
  if (found?.arn !== arn) throw new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`)
  return found
}
