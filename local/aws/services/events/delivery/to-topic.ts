import type { Platform } from '../../../core/platform.ts'
import type { Delivery } from './delivery.ts'
import { eventBridge, roleSession } from './principal.ts'

/** Publishes to a topic whose policy, or the role, allows the rule to do so. */
export const toTopic = async (
  platform: Platform,
  Message: string,
  { target: { Arn, RoleArn }, rule }: Delivery,
): Promise<void> => {
  const principal = RoleArn === undefined ? eventBridge(rule.Arn) : await roleSession(platform, RoleArn, rule.Arn)
  await platform.call('sns', 'Publish', { TopicArn: Arn, Message }, principal)
}
