import type { Platform } from '../../core/platform.ts'
import { fiveMinuteMemory } from './five-minute-memory.ts'
import { messageKey, messagesOf } from './messages.ts'
import type { ReceivedMessage } from './messages.ts'
import type { QueueRecord } from './queues.ts'
import { messageOfHandle } from './receipt-handle.ts'

/** The receipt handles that a ReceiveRequestAttemptId got. */
export const receivedBefore = fiveMinuteMemory<readonly string[]>('sqs.receive-attempts')

/** What the same attempt received, hidden anew; undefined when it is the first, or when a message is not its any more. */
export const receiveAgain = (
  platform: Platform,
  queue: QueueRecord,
  { attemptId, hideMs }: { attemptId: string; hideMs: number },
): ReceivedMessage[] | undefined => {
  const now = platform.clock.now()
  const handles = receivedBefore.recall(platform, queue.name, attemptId)
  const held = handles?.flatMap((handle) => messageOfHandle(platform, queue, handle) ?? [])
  if (!held || held.length !== handles?.length || held.some(({ visibleAt }) => visibleAt <= now)) return undefined
  return held.map((message) => {
    const hidden = { ...message, visibleAt: now + hideMs }
    messagesOf(platform).put(messageKey(queue.name, message.sequence), hidden)
    return hidden
  })
}
