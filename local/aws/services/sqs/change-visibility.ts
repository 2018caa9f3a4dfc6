import type { Platform } from '../../core/platform.ts'
import { announce } from '../../core/arrivals.ts'
import { messageKey, messagesOf } from './messages.ts'
import type { QueueRecord } from './queues.ts'
import { messageOfHandle } from './receipt-handle.ts'
import { SqsError } from './sqs-error.ts'

const mostSeconds = 43_200

/** Hides a received message for so many seconds from now; 0 gives it back. */
export const changeVisibility = (platform: Platform, queue: QueueRecord, handle: string, seconds: number): void => {
  const now = platform.clock.now()
  const message = messageOfHandle(platform, queue, handle)
  if (!message || message.visibleAt <= now)
    throw new SqsError('MessageNotInflight', 'The message referred to is not in flight.')
  const visibleAt = now + seconds * 1000
  const fits = seconds >= 0 && visibleAt - message.reception.lastAt <= mostSeconds * 1000
  if (!fits) {
    const reason = `Reason: Total VisibilityTimeout for the message is beyond the limit [${mostSeconds} seconds].`
    const message = `Value ${seconds} for parameter VisibilityTimeout is invalid. ${reason}`
    throw new SqsError('InvalidParameterValueException', message)
  }
  messagesOf(platform).put(messageKey(queue.name, message.sequence), { ...message, visibleAt })
  announce(platform, queue.name)
}
