import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import type { LoggingConfiguration } from './settings.ts'

const refusal = (problem: string) =>
  new AwsError('InvalidLoggingConfiguration', `Invalid Logging Configuration: '${problem}'`)

const logGroupArn = /^arn:aws[^:]*:logs:[^:]+:\d{12}:log-group:[^:]+:\*$/

/** What the machine's role must be allowed, so that histories are delivered in its name. */
const deliveryActions = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]

/** Throws InvalidLoggingConfiguration, or AccessDeniedException when the role may not deliver logs. */
export const checkLogging = (
  platform: Platform,
  roleArn: string,
  { level, destinations = [] }: LoggingConfiguration,
): void => {
  if (level === 'OFF') return
  const arn = destinations[0]?.cloudWatchLogsLogGroup.logGroupArn
  if (arn === undefined) throw refusal('Must specify exactly one Log Destination.')
  if (!logGroupArn.test(arn))
    throw refusal(`Log Destination must be the ARN of a log group that ends in :*, not ${arn}`)
  const session = roleSession(roleArn, 'StepFunctions')
  const allowed = deliveryActions.every(
    (action) => platform.authority.ask(session, { action, resource: '*' }).effect === 'allow',
  )
  if (!allowed) {
    throw new AwsError(
      'AccessDeniedException',
      'The state machine IAM Role is not authorized to access the Log Destination',
    )
  }
}
