import type { Platform } from '../../../core/platform.ts'
import type { Delivery } from './delivery.ts'
import { eventBridge, roleSession } from './principal.ts'

/** Invokes a Lambda function asynchronously; its policy, or the role, must allow the rule to do so. */
export const toFunction = async (
  platform: Platform,
  Payload: string,
  { target: { Arn, RoleArn }, rule }: Delivery,
): Promise<void> => {
  const principal = RoleArn === undefined ? eventBridge(rule.Arn) : await roleSession(platform, RoleArn, rule.Arn)
  await platform.call('lambda', 'Invoke', { FunctionName: Arn, InvocationType: 'Event', Payload }, principal)
}
