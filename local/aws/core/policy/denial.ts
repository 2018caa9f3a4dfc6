import { AwsError } from '../errors.ts'
import type { Operation, Permission, Principal } from '../operation.ts'
import type { Decision } from './decision.ts'

/** These say AccessDenied with 403, the others AccessDeniedException. */
const older = new Set(['s3', 'sqs', 'iam', 'sts', 'cloudformation'])

const why = (decision: Decision, action: string): string => {
  if (decision.effect === 'explicit-deny')
    return ` with an explicit deny in a${decision.by.type.startsWith('i') ? 'n' : ''} ${decision.by.type}`
  // STS does not tell strangers what a role's trust policy says.
  if (decision.effect === 'allow' || decision.type === 'role trust policy') return ''
  return ` because no ${decision.type} allows the ${action} action`
}

/** The error with which a service refuses what a caller may not do, in its own form. */
export const denial = (
  { service, route }: Pick<Operation, 'service' | 'route'>,
  principal: Principal,
  permission: Permission,
  decision: Decision,
): AwsError => {
  const action = service === 'sqs' ? permission.action.toLowerCase() : permission.action
  const resource = service === 's3' ? `"${permission.resource}"` : permission.resource
  const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource}${why(decision, action)}`
  if (older.has(service)) return new AwsError('AccessDenied', message, { status: 403 })
  return new AwsError('AccessDeniedException', message, { status: route ? 403 : 400 })
}
