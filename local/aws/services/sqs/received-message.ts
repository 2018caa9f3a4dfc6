import type { MessageAttributes } from './message-attributes.ts'
import { md5Of, md5OfAttributes } from './message-attributes.ts'
import type { ReceivedMessage } from './messages.ts'
import type { QueueRecord } from './queues.ts'
import { isFifo } from './queues.ts'
import { receiptHandle } from './receipt-handle.ts'

/** What the receiver asked to see. */
export interface WantedNames {
  /** System attributes: `All`, `SentTimestamp`, … */
  readonly system: readonly string[]
  /** Message attributes: `All`, `name`, `prefix.*` */
  readonly message: readonly string[]
}

const wants = (names: readonly string[], name: string) =>
  names.some((each) => each === 'All' || each === name || (each.endsWith('.*') && name.startsWith(each.slice(0, -2))))

const systemAttributes = (queue: QueueRecord, message: ReceivedMessage): Record<string, string | undefined> => ({
  SenderId: message.senderId,
  SentTimestamp: String(message.sentAt),
  ApproximateReceiveCount: String(message.reception.count),
  ApproximateFirstReceiveTimestamp: String(message.reception.firstAt),
  AWSTraceHeader: message.systemAttributes['AWSTraceHeader']?.StringValue,
  MessageGroupId: message.groupId,
  MessageDeduplicationId: message.deduplicationId,
  SequenceNumber: isFifo(queue) ? message.sequence : undefined,
  DeadLetterQueueSourceArn: message.deadLetterSourceArn,
})

/** A taken message as ReceiveMessage shows it. */
export const receivedMessage = (queue: QueueRecord, message: ReceivedMessage, wanted: WantedNames) => {
  const attributes: MessageAttributes = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => wants(wanted.message, name)),
  )
  const system = Object.entries(systemAttributes(queue, message)).filter(
    ([name, value]) => value !== undefined && wants(wanted.system, name),
  )
  const some = Object.keys(attributes).length > 0
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue, message),
    MD5OfBody: md5Of(message.body),
    Body: message.body,
    Attributes: system.length > 0 ? Object.fromEntries(system) : undefined,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MessageAttributes: some ? attributes : undefined,
  }
}
