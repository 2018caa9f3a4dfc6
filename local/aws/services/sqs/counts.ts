import type { Platform } from '../../core/platform.ts'
import { messagesIn } from './messages.ts'
import type { QueueRecord } from './queues.ts'

/** How many messages of a queue can be received, are with a receiver, and wait to be seen for the first time. */
export const countsOf = (platform: Platform, queue: QueueRecord) => {
  const now = platform.clock.now()
  const counts = { visible: 0, inFlight: 0, delayed: 0 }
  for (const { visibleAt, reception } of messagesIn(platform, queue)) {
    const state = visibleAt <= now ? 'visible' : reception ? 'inFlight' : 'delayed'
    counts[state] += 1
  }
  return counts
}
