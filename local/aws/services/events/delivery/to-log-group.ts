import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import type { Delivery } from './delivery.ts'
import { eventBridge } from './principal.ts'

/** Writes the event to a log group, in a stream of its own. */
export const toLogGroup = async (
  platform: Platform,
  message: string,
  { id, rule, target, accepted }: Delivery,
): Promise<void> => {
  const logGroupName = target.Arn.split(':')[6]
  const principal = eventBridge(rule.Arn)
  const stream = { logGroupName, logStreamName: id }
  try {
    await platform.call('logs', 'CreateLogStream', stream, principal)
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'ResourceAlreadyExistsException')) throw error
  }
  const logEvents = [{ timestamp: accepted, message }]
  await platform.call('logs', 'PutLogEvents', { ...stream, logEvents }, principal)
}
