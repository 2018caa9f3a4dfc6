import { AwsError } from './errors.ts'
import { perPlatform } from './per-platform.ts'
import type { Platform } from './platform.ts'

const waiting = perPlatform((platform) => {
  const closing = new AbortController()
  const reason = new AwsError('ServiceUnavailable', 'The platform is closing.', { status: 503 })
  platform.onClose(() => closing.abort(reason))
  return { closing: closing.signal, receivers: new Map<string, Set<AbortController>>() }
})

/** Wakes those who wait at a queue or a stream: something arrived there, came back, or is free. */
export const announce = (platform: Platform, queue: string): void => {
  for (const receiver of waiting(platform).receivers.get(queue) ?? []) receiver.abort()
}

/** Resolves with the next announcement at a queue or stream or after `ms`; rejects when the receiver or the platform goes away. */
export const nextArrival = async (platform: Platform, queue: string, ms: number, gone: AbortSignal): Promise<void> => {
  const { closing, receivers } = waiting(platform)
  const here = receivers.get(queue) ?? new Set()
  receivers.set(queue, here)
  const receiver = new AbortController()
  here.add(receiver)
  try {
    await platform.clock.sleep(ms, AbortSignal.any([gone, closing, receiver.signal]))
  } catch (error) {
    if (gone.aborted || closing.aborted || !receiver.signal.aborted) throw error
  } finally {
    here.delete(receiver)
    if (here.size === 0) receivers.delete(queue)
  }
}
