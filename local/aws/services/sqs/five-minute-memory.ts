import type { Platform } from '../../core/platform.ts'

const intervalMs = 300_000

const key = (queue: string, id: string) => `${queue}/${id}`

/** What FIFO queues remember for five minutes, by an id that the caller chose. */
export const fiveMinuteMemory = <T>(kind: string) => {
  const table = ({ store }: Platform) => store.table<{ at: number; value: T }>(kind)
  const forget = (platform: Platform, queue: string, until = platform.clock.now() - intervalMs) => {
    for (const { key: held, value } of table(platform).list({ prefix: key(queue, '') }))
      if (value.at <= until) table(platform).delete(held)
  }
  return {
    recall: (platform: Platform, queue: string, id: string): T | undefined => {
      const held = table(platform).get(key(queue, id))
      return held && held.at > platform.clock.now() - intervalMs ? held.value : undefined
    },
    remember: (platform: Platform, queue: string, id: string, value: T): void => {
      forget(platform, queue)
      table(platform).put(key(queue, id), { at: platform.clock.now(), value })
    },
    forgetAll: (platform: Platform, queue: string): void => forget(platform, queue, Infinity),
  }
}
