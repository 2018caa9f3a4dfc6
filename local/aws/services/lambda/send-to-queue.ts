import type { Platform } from '../../core/platform.ts'
import { roleSession } from '../../core/signing/account-keys.ts'
import type { FunctionConfiguration } from './functions.ts'

/** Sends a message as the function's role; what the queue refuses is lost, and the log says so. */
export const sendToQueue = async (
  platform: Platform,
  { Role, FunctionName }: FunctionConfiguration,
  queueArn: string,
  message: object,
): Promise<void> => {
  const [, , , , account, queue] = queueArn.split(':')
  const QueueUrl = `${platform.url}/${account}/${queue}`
  try {
    await platform.call('sqs', 'SendMessage', { QueueUrl, ...message }, roleSession(Role, FunctionName))
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    platform.log('lambda', 'event lost: its destination refused it', { function: FunctionName, queue: queueArn, cause })
  }
}
