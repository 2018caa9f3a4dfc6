import type { Platform } from '../../core/platform.ts'

/** What a FIFO queue remembers of a sent message, so that sending it again changes nothing. */
interface Remembered {
  readonly at: number
  readonly id: string
  readonly sequence: string
}

const intervalMs = 300_000

const rememberedOf = ({ store }: Platform) => store.table<Remembered>('sqs.deduplications')
const keyOf = (queue: string, deduplicationId: string) => `${queue}/${deduplicationId}`

/** The message that was sent with this id in the last five minutes. */
export const earlierMessage = (platform: Platform, queue: string, deduplicationId: string): Remembered | undefined => {
  const earlier = rememberedOf(platform).get(keyOf(queue, deduplicationId))
  return earlier && earlier.at > platform.clock.now() - intervalMs ? earlier : undefined
}

/** Forgets what is older than five minutes, or everything of the queue. */
export const forget = (platform: Platform, queue: string, before = platform.clock.now() - intervalMs): void => {
  for (const { key, value } of rememberedOf(platform).list({ prefix: keyOf(queue, '') }))
    if (value.at <= before) rememberedOf(platform).delete(key)
}

export const remember = (
  platform: Platform,
  queue: string,
  deduplicationId: string,
  sent: Omit<Remembered, 'at'>,
): void => {
  forget(platform, queue)
  rememberedOf(platform).put(keyOf(queue, deduplicationId), { ...sent, at: platform.clock.now() })
}
