import { randomUUID } from 'node:crypto'
import type { Platform } from '../../core/platform.ts'
import { moveToDeadLetters } from './dead-letter.ts'
import type { ReceivedMessage } from './messages.ts'
import { messageKey, messagesIn, messagesOf } from './messages.ts'
import type { QueueRecord } from './queues.ts'
import { isFifo } from './queues.ts'

/**
 * Takes up to `limit` messages that are visible now and hides them for `hideMs`.
 * In a FIFO queue a group waits for its earlier messages.
 */
export const takeMessages = (
  platform: Platform,
  queue: QueueRecord,
  { limit, hideMs }: { limit: number; hideMs: number },
): ReceivedMessage[] =>
  platform.store.transaction(() => {
    const now = platform.clock.now()
    const blocked = new Set<string | undefined>()
    const taken: ReceivedMessage[] = []
    for (const message of messagesIn(platform, queue)) {
      if (taken.length === limit) break
      if (isFifo(queue) && blocked.has(message.groupId)) continue
      if (message.visibleAt > now) {
        blocked.add(message.groupId)
        continue
      }
      if (moveToDeadLetters(platform, queue, message)) continue
      const hidden = {
        ...message,
        visibleAt: now + hideMs,
        reception: {
          count: (message.reception?.count ?? 0) + 1,
          firstAt: message.reception?.firstAt ?? now,
          lastAt: now,
          receipt: randomUUID(),
        },
      }
      messagesOf(platform).put(messageKey(queue.name, message.sequence), hidden)
      taken.push(hidden)
    }
    return taken
  })

/** How long it takes until a hidden message of the queue comes back, at most `mostMs`. */
export const msUntilVisible = (platform: Platform, queue: QueueRecord, mostMs: number): number => {
  const now = platform.clock.now()
  let waitMs = mostMs
  for (const { visibleAt } of messagesIn(platform, queue)) {
    if (visibleAt > now) waitMs = Math.min(waitMs, visibleAt - now)
  }
  return waitMs
}
