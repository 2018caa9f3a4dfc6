import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { alarmsOf } from './alarm.ts'

/** The alarm that a tag operation names. */
export const alarmOfArn = (platform: Platform, arn: string) => {
  const found = alarmsOf(platform).get(arn.split(':').slice(6).join(':'))
  if (found?.arn !== arn) throw new AwsError('ResourceNotFoundException', `Unknown resource ${arn}`, { status: 404 })
  return found
}
