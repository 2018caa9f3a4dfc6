import type { Platform } from '../../core/platform.ts'
import { announce } from '../../core/arrivals.ts'
import { messageKey, messagesOf } from './messages.ts'
import type { QueueRecord } from './queues.ts'
import { isFifo } from './queues.ts'
import { messageOfHandle } from './receipt-handle.ts'
import { SqsError } from './sqs-error.ts'

/** Deletes a received message. One that is gone already is no error; a FIFO queue wants it before it is visible again. */
export const deleteReceived = (platform: Platform, queue: QueueRecord, handle: string): void => {
  const message = messageOfHandle(platform, queue, handle)
  if (!message) return
  if (isFifo(queue) && message.visibleAt <= platform.clock.now()) {
    const reason = 'Reason: The receipt handle has expired.'
    throw new SqsError(
      'InvalidParameterValueException',
      `Value ${handle} for parameter ReceiptHandle is invalid. ${reason}`,
    )
  }
  messagesOf(platform).delete(messageKey(queue.name, message.sequence))
  announce(platform, queue.name)
}
