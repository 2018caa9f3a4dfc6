import type { Platform } from '../../core/platform.ts'
import type { ReceivedMessage } from './messages.ts'
import { messageKey, messagesOf } from './messages.ts'
import type { QueueRecord } from './queues.ts'
import { SqsError } from './sqs-error.ts'

const form = /^(?<queue>[\w.-]+)\/(?<sequence>\d{20})\/(?<receipt>[\da-f-]{36})$/

export const receiptHandle = (queue: QueueRecord, { sequence, reception }: ReceivedMessage): string =>
  Buffer.from(`${queue.name}/${sequence}/${reception.receipt}`).toString('base64')

/**
 * The message of a receipt handle, or undefined when it is gone or was received again since.
 * ReceiptHandleIsInvalid when the handle was not made by this queue.
 */
export const messageOfHandle = (
  platform: Platform,
  queue: QueueRecord,
  handle: string,
): ReceivedMessage | undefined => {
  const parts = form.exec(Buffer.from(handle, 'base64').toString())?.groups
  if (parts?.['queue'] !== queue.name)
    throw new SqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`)
  const message = messagesOf(platform).get(messageKey(queue.name, parts['sequence'] ?? ''))
  if (!message?.reception || message.reception.receipt !== parts['receipt']) return undefined
  return { ...message, reception: message.reception }
}
