/** Time as the interpreter sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/**
 * A clock that jumps to the next wake-up as soon as nothing else can go on, so that days pass in no time.
 * It suits work that answers without waiting for anything but this clock.
 */
export const jumpingClock = (start = Date.UTC(2026, 0, 1)): Clock => {
  let now = start
  let idle: NodeJS.Immediate | undefined
  const sleepers = new Set<{ at: number; wake: () => void }>()
  const jump = () => {
    idle = undefined
    const [next] = [...sleepers].toSorted((a, b) => a.at - b.at)
    if (!next) return
    sleepers.delete(next)
    now = Math.max(now, next.at)
    next.wake()
    if (sleepers.size) idle ??= setImmediate(jump)
  }
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const sleeper = { at: now + ms, wake: resolve }
        signal?.addEventListener('abort', () => sleepers.delete(sleeper) && reject(signal.reason), { once: true })
        sleepers.add(sleeper)
        idle ??= setImmediate(jump)
      }),
  }
}
