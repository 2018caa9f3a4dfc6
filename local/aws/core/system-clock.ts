import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './clock.ts'

const longestTimerMs = 2 ** 31 - 1

/** The computer's clock. `pace` shortens waiting times of AWS's machinery and leaves everything else alone. */
export const systemClock = (pace: number): Clock => ({
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted()
    for (let left = ms; left > 0; left -= longestTimerMs) {
      await wait(Math.min(left, longestTimerMs), undefined, signal ? { signal } : {}).catch((error: unknown) => {
        throw signal?.reason ?? error
      })
    }
  },
  pace: (ms) => ms / pace,
})
