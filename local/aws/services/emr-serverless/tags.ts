import type { Permission } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import type { Application } from './applications.ts'
import { existingApplication } from './applications.ts'

/** The application of an ARN, or ResourceNotFoundException. */
export const taggedApplication = (platform: Platform, arn: string): Application =>
  existingApplication(platform, arn.split('/applications/')[1] ?? arn)

export const onTags = (action: string, resource: string): Permission[] => [
  { action: `emr-serverless:${action}`, resource },
]
