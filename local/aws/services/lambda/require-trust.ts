import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { trustsService } from '../../core/policy/pass-role.ts'

/** Refuses a role that Lambda could not take on; Lambda names no function when it does so. */
export const requireTrust = (platform: Platform, role: string): void => {
  if (trustsService(platform, role, 'lambda.amazonaws.com')) return
  throw new AwsError(
    'InvalidParameterValueException',
    'The role defined for the function cannot be assumed by Lambda.',
    { Type: 'User' },
  )
}
