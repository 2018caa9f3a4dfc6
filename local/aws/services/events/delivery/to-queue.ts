import type { Platform } from '../../../core/platform.ts'
import { eventBridge, roleSession } from './principal.ts'

/** Sends a message to an SQS queue whose policy, or the role, allows the rule to do so. */
export const toQueue = async (
  platform: Platform,
  message: Readonly<Record<string, unknown>>,
  { queueArn, ruleArn, roleArn }: { queueArn: string; ruleArn: string; roleArn?: string | undefined },
): Promise<void> => {
  const [, , , , account, name] = queueArn.split(':')
  const QueueUrl = `${platform.url}/${account}/${name}`
  const principal = roleArn === undefined ? eventBridge(ruleArn) : await roleSession(platform, roleArn, ruleArn)
  await platform.call('sqs', 'SendMessage', { QueueUrl, ...message }, principal)
}
