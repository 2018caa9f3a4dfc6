import type { Permission } from '../operation.ts'
import type { Platform } from '../platform.ts'

/** What it needs to hand a role to a service, such as `lambda.amazonaws.com`. */
export const passRole = (roleArn: string, service: string): Permission => ({
  action: 'iam:PassRole',
  resource: roleArn,
  context: { 'iam:PassedToService': service },
})

/**
 * Whether a role lets a service take it on. `sourceArn` is the resource for which the service would do so; without it
 * the service names no source, as Lambda does.
 */
export const trustsService = (platform: Platform, roleArn: string, service: string, sourceArn?: string): boolean => {
  const principal = { kind: 'service', arn: service, ...(sourceArn !== undefined && { sourceArn }) } as const
  return platform.authority.ask(principal, { action: 'sts:AssumeRole', resource: roleArn }).effect === 'allow'
}
