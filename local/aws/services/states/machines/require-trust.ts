import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { trustsService } from '../../../core/policy/pass-role.ts'

const service = 'states.amazonaws.com'

/** Refuses a role that Step Functions could not take on for a machine. */
export const requireTrust = (platform: Platform, roleArn: string, machineArn: string): void => {
  if (trustsService(platform, roleArn, service, machineArn)) return
  throw new AwsError(
    'AccessDeniedException',
    `Neither the global service principal ${service}, nor the regional one is authorized to assume the provided role.`,
  )
}
