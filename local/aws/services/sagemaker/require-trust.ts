import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { trustsService } from '../../core/policy/pass-role.ts'

const service = 'sagemaker.amazonaws.com'

/** Refuses a role that SageMaker could not take on for a resource. */
export const requireTrust = (platform: Platform, roleArn: string, resource: string): void => {
  if (trustsService(platform, roleArn, service, resource)) return
  throw new AwsError(
    'ValidationException',
    `Could not assume role ${roleArn}. Please ensure that the role exists and allows principal '${service}' to assume the role.`,
  )
}
