import type { Platform } from '../../core/platform.ts'

const waiting = new WeakMap<Platform, Map<string, Set<() => void>>>()

/** Wakes the receivers that wait at a queue: a message was sent, came back, or the next of its group is free. */
export const announce = (platform: Platform, queue: string): void => {
  for (const wake of waiting.get(platform)?.get(queue) ?? []) wake()
}

/** Resolves with the next announcement at a queue, after `ms`, or rejects when the receiver has gone away. */
export const nextArrival = async (platform: Platform, queue: string, ms: number, gone: AbortSignal): Promise<void> => {
  const byQueue = waiting.get(platform) ?? new Map<string, Set<() => void>>()
  waiting.set(platform, byQueue)
  const receivers = byQueue.get(queue) ?? new Set()
  byQueue.set(queue, receivers)
  const arrived = new AbortController()
  const wake = () => arrived.abort()
  receivers.add(wake)
  try {
    await platform.clock.sleep(ms, AbortSignal.any([gone, arrived.signal]))
  } catch (error) {
    if (gone.aborted || !arrived.signal.aborted) throw error
  } finally {
    receivers.delete(wake)
  }
}
