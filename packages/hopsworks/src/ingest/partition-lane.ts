import { withRetries } from '../retry.ts'
import type { RetryPolicy } from '../retry.ts'
import type { Cluster } from './kafka/cluster.ts'
import { isDuplicate, isSequenceLost, isTooLarge } from './kafka/error-codes.ts'
import { RecordBatch } from './kafka/record-batch.ts'
import type { Message } from './kafka/record-batch.ts'
import type { Sessions } from './sessions.ts'

export interface LaneSettings {
  readonly partition: number
  readonly batchBytes: number
  readonly cluster: Cluster
  readonly sessions: Sessions
  readonly retry: RetryPolicy
  readonly signal: AbortSignal
  /** A message that is too large for the broker all by itself. */
  refuse(message: Message): void
  /** Called when a batch is given up. */
  fail(error: unknown): void
}

/**
 * The way to one partition. One batch is under way while the next one fills: so a repeated batch cannot overtake its
 * successor, and the order of a key is kept. After a failure the lane is of no further use.
 */
export class PartitionLane {
  readonly #settings: LaneSettings
  #batchBytes: number
  #filling: RecordBatch
  #spare: RecordBatch | undefined
  #underWay: Promise<void> = Promise.resolve()
  /** Messages that all in-sync replicas have. */
  acknowledged = 0

  constructor(settings: LaneSettings) {
    this.#settings = settings
    this.#batchBytes = settings.batchBytes
    this.#filling = new RecordBatch(settings.batchBytes)
  }

  /** False where the message has no room in the batch that is filling. */
  append(key: string, value: Buffer, valueBytes: number, headers: Buffer, place: number): boolean {
    return this.#filling.append(key, value, valueBytes, headers, place)
  }

  /** Sends what has filled, as soon as the batch before is acknowledged; then there are `roomBytes` at least. */
  async send(roomBytes: number, acknowledged: () => void): Promise<void> {
    await this.#underWay
    const full = this.#filling
    const spare = this.#spare
    const wanted = Math.max(this.#batchBytes, roomBytes)
    this.#filling = spare?.capacity === wanted ? spare : new RecordBatch(wanted)
    this.#filling.clear()
    this.#spare = full
    if (full.count === 0) return
    this.#underWay = this.#write(full).then(acknowledged)
    this.#underWay.catch((error: unknown) => this.#settings.fail(error))
  }

  settled(): Promise<void> {
    return this.#underWay
  }

  async #write(batch: RecordBatch): Promise<void> {
    const { partition, cluster, sessions, retry, signal } = this.#settings
    let session = sessions.current
    const finished = () => batch.finish(Date.now(), session.identity, session.sequenceOf(partition))
    let bytes = finished()
    const once = async () => {
      try {
        await cluster.write(partition, bytes)
      } catch (error) {
        if (isDuplicate(error)) return
        if (isSequenceLost(error)) {
          session = await sessions.renew(session)
          bytes = finished()
        }
        throw error
      }
    }
    try {
      await withRetries(retry, once, { signal })
    } catch (error) {
      if (!isTooLarge(error)) throw error
      return this.#writeHalves(batch)
    }
    session.advance(partition, batch.count)
    this.acknowledged += batch.count
  }

  /** The broker takes less than we thought: halves until it does, or until one message is left. */
  async #writeHalves(batch: RecordBatch): Promise<void> {
    const messages = [...batch.messages()]
    const [only] = messages
    if (only && messages.length === 1) return this.#settings.refuse(only)
    this.#batchBytes = Math.min(this.#batchBytes, Math.ceil(batch.capacity / 2))
    const middle = Math.ceil(messages.length / 2)
    for (const half of [messages.slice(0, middle), messages.slice(middle)]) {
      const part = new RecordBatch(batch.capacity)
      for (const { key, value, headers, place } of half) part.append(key, value, value.length, headers, place)
      await this.#write(part)
    }
  }
}
