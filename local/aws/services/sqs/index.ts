import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import changeMessageVisibility from './change-message-visibility.ts'
import changeMessageVisibilityBatch from './change-message-visibility-batch.ts'
import createQueue from './create-queue.ts'
import deleteMessage from './delete-message.ts'
import deleteMessageBatch from './delete-message-batch.ts'
import deleteQueue from './delete-queue.ts'
import getQueueAttributes from './get-queue-attributes.ts'
import getQueueUrl from './get-queue-url.ts'
import listDeadLetterSourceQueues from './list-dead-letter-source-queues.ts'
import listQueueTags from './list-queue-tags.ts'
import listQueues from './list-queues.ts'
import purgeQueue from './purge-queue.ts'
import { queueMetrics } from './queue-metrics.ts'
import receiveMessage from './receive-message.ts'
import { resourcePolicy } from './resource-policy.ts'
import sendMessage from './send-message.ts'
import sendMessageBatch from './send-message-batch.ts'
import setQueueAttributes from './set-queue-attributes.ts'
import tagQueue from './tag-queue.ts'
import untagQueue from './untag-queue.ts'

export const operations: Operation[] = [
  createQueue,
  deleteQueue,
  getQueueUrl,
  listQueues,
  getQueueAttributes,
  setQueueAttributes,
  sendMessage,
  sendMessageBatch,
  receiveMessage,
  deleteMessage,
  deleteMessageBatch,
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  purgeQueue,
  listDeadLetterSourceQueues,
  tagQueue,
  untagQueue,
  listQueueTags,
]

export const resourcePolicies = { sqs: resourcePolicy }

export const start = async (platform: Platform): Promise<void> => queueMetrics(platform).restore()
