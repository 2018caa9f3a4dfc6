import type { Platform } from '../../core/platform.ts'
import type { MessageAttributes } from './message-attributes.ts'
import { secondsAsMs } from './queue-attributes.ts'
import type { QueueRecord } from './queues.ts'

export interface MessageRecord {
  /** 20 digits that grow from message to message: the order of the queue. */
  readonly sequence: string
  readonly id: string
  readonly body: string
  readonly attributes: MessageAttributes
  readonly systemAttributes: MessageAttributes
  readonly senderId: string
  readonly sentAt: number
  readonly visibleAt: number
  /** Undefined until it is received. */
  readonly reception?: Reception
  readonly groupId?: string | undefined
  readonly deduplicationId?: string | undefined
  /** The queue that gave it up. */
  readonly deadLetterSourceArn?: string
}

/** How a message was received so far. */
export interface Reception {
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** The part of the receipt handle that the last ReceiveMessage gave out. */
  readonly receipt: string
}

export interface ReceivedMessage extends MessageRecord {
  readonly reception: Reception
}

const pageSize = 100

export const messagesOf = ({ store }: Platform) => store.table<MessageRecord>('sqs.messages')
export const messageKey = (queue: string, sequence: string): string => `${queue}/${sequence}`

/** The messages of a queue in its order. Those that are older than its retention are removed on the way. */
export function* messagesIn(platform: Platform, queue: QueueRecord): Generator<MessageRecord> {
  const sentBefore = platform.clock.now() - secondsAsMs(queue, 'MessageRetentionPeriod')
  let after = ''
  for (;;) {
    const page = messagesOf(platform).list({ prefix: messageKey(queue.name, ''), after, limit: pageSize })
    for (const { key, value } of page) {
      if (value.sentAt <= sentBefore) messagesOf(platform).delete(key)
      else yield value
    }
    const last = page.at(-1)
    if (page.length < pageSize || !last) return
    after = last.key
  }
}

/** Removes all messages of a queue. */
export const removeMessages = (platform: Platform, queue: string): void => {
  for (const { key } of messagesOf(platform).list({ prefix: messageKey(queue, '') })) messagesOf(platform).delete(key)
}
