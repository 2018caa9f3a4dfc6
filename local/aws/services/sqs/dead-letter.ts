import type { Platform } from '../../core/platform.ts'
import { enqueue } from './enqueue.ts'
import type { MessageRecord } from './messages.ts'
import { messageKey, messagesOf } from './messages.ts'
import { attributesOf, RedrivePolicy } from './queue-attributes.ts'
import type { QueueRecord } from './queues.ts'
import { isFifo, queueArn, queuesOf } from './queues.ts'

/** The redrive policy of a queue. */
export const redrivePolicyOf = (queue: Pick<QueueRecord, 'name' | 'attributes'>) => {
  const text = attributesOf(queue)['RedrivePolicy']
  return text === undefined ? undefined : RedrivePolicy.parse(JSON.parse(text))
}

/** Moves a message that was received too often to the dead-letter queue. Without one that exists, it stays. */
export const moveToDeadLetters = (platform: Platform, queue: QueueRecord, message: MessageRecord): boolean => {
  const policy = redrivePolicyOf(queue)
  if (!policy || (message.reception?.count ?? 0) < policy.maxReceiveCount) return false
  const target = queuesOf(platform).get(policy.deadLetterTargetArn.split(':').at(-1) ?? '')
  if (!target) return false
  const now = platform.clock.now()
  const { sequence, ...kept } = message
  enqueue(platform, target.name, {
    ...kept,
    sentAt: isFifo(queue) ? now : message.sentAt,
    visibleAt: now,
    deadLetterSourceArn: queueArn(platform, queue.name),
  })
  messagesOf(platform).delete(messageKey(queue.name, sequence))
  return true
}
