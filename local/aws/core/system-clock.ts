import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from './clock.ts'

const longestTimerMs = 2 ** 31 - 1
/** How many turns of the event loop what a sleeper does next may take, before the clock goes on to the one after it. */
const turnsBetween = 20

interface Sleeper {
  readonly due: number
  wake: () => void
}

/**
 * The computer's clock, which can be put forward. `pace` shortens waiting times of AWS's machinery and leaves everything
 * else alone.
 */
export const systemClock = (pace: number): Clock => {
  let ahead = 0
  const sleepers = new Set<Sleeper>()
  const now = () => Date.now() + ahead

  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (!(ms > 0)) return resolve()
      let timer: NodeJS.Timeout | undefined
      const end = () => {
        clearTimeout(timer)
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', abandon)
      }
      const abandon = () => {
        end()
        reject(signal?.reason)
      }
      const sleeper = {
        due: now() + ms,
        wake: () => {
          end()
          resolve()
        },
      }
      const wait = () => {
        const left = sleeper.due - now()
        if (left <= 0) sleeper.wake()
        else timer = setTimeout(wait, Math.min(left, longestTimerMs))
      }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', abandon, { once: true })
      wait()
    })

  return {
    now,
    sleep,
    pace: (ms) => ms / pace,
    advance: async (ms) => {
      const end = now() + ms
      for (;;) {
        const [next] = [...sleepers].filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due)
        if (next === undefined) break
        ahead += Math.max(0, next.due - now())
        next.wake()
        for (let turns = 0; turns < turnsBetween; turns++) await turn()
      }
      ahead += Math.max(0, end - now())
    },
  }
}
