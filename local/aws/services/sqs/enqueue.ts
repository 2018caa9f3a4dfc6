import type { Platform } from '../../core/platform.ts'
import { announce } from '../../core/arrivals.ts'
import type { MessageRecord } from './messages.ts'
import { messageKey, messagesOf } from './messages.ts'
import { queueMetrics } from './queue-metrics.ts'
import { queueNamed, queuesOf } from './queues.ts'

/** Puts a message at the end of a queue; returns its sequence number. */
export const enqueue = (platform: Platform, queueName: string, message: Omit<MessageRecord, 'sequence'>): string => {
  const queue = queueNamed(platform, queueName)
  const sent = queue.sent + 1
  const sequence = String(sent).padStart(20, '0')
  queuesOf(platform).put(queueName, { ...queue, sent })
  messagesOf(platform).put(messageKey(queueName, sequence), { ...message, sequence })
  announce(platform, queueName)
  queueMetrics(platform).holds(queueName)
  return sequence
}
