import { randomUUID } from 'node:crypto'
import type { Call } from '../../core/operation.ts'
import { enqueue } from './enqueue.ts'
import { md5Of, md5OfAttributes } from './message-attributes.ts'
import type { OutgoingMessage } from './outgoing-message.ts'
import { checkOutgoing, deduplicationIdOf, delayOf } from './outgoing-message.ts'
import { attributesOf } from './queue-attributes.ts'
import { isFifo, queueNamed } from './queues.ts'
import { sentBefore } from './sent-before.ts'

/** Sends one message; what a FIFO queue had in the last five minutes is not sent again, and answers as it did then. */
export const send = (queueName: string, message: OutgoingMessage, { platform, principal }: Call) => {
  const queue = queueNamed(platform, queueName)
  checkOutgoing(queue, message)
  const { MessageBody: body, MessageAttributes: attributes, MessageGroupId: groupId } = message
  const systemAttributes = Object.fromEntries(
    Object.entries(message.MessageSystemAttributes).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
  const deduplicationId = deduplicationIdOf(queue, message)
  const ofGroup = attributesOf(queue)['DeduplicationScope'] === 'messageGroup' ? `${groupId}/` : ''
  const scoped = deduplicationId && `${ofGroup}${deduplicationId}`
  const { id, sequence } = platform.store.transaction(() => {
    const earlier = scoped === undefined ? undefined : sentBefore.recall(platform, queueName, scoped)
    if (earlier) return earlier
    const sentAt = platform.clock.now()
    const made = {
      id: randomUUID(),
      body,
      attributes,
      systemAttributes,
      senderId: principal.kind === 'root' ? platform.account : principal.arn,
      sentAt,
      visibleAt: sentAt + delayOf(queue, message),
      groupId,
      deduplicationId,
    }
    const sent = { id: made.id, sequence: enqueue(platform, queueName, made) }
    if (scoped !== undefined) sentBefore.remember(platform, queueName, scoped, sent)
    return sent
  })
  return {
    MessageId: id,
    MD5OfMessageBody: md5Of(body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MD5OfMessageSystemAttributes: md5OfAttributes(systemAttributes),
    SequenceNumber: isFifo(queue) ? sequence : undefined,
  }
}
