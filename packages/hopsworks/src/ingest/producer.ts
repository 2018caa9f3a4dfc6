import { abortable } from '../abortable.ts'
import type { RetryPolicy } from '../retry.ts'
import type { Cluster } from './kafka/cluster.ts'
import { capacityFor } from './kafka/record-batch.ts'
import type { Message } from './kafka/record-batch.ts'
import { PartitionLane } from './partition-lane.ts'
import { partitionOf } from './partition.ts'
import type { Progress } from './progress.ts'
import { Sessions } from './sessions.ts'
import type { Session } from './session.ts'

/** Those of a topic's partitions fit a core's cache: four times as much costs a third of the throughput. */
const largestBatch = 256 * 1024
const smallestBatch = 64 * 1024
/** Of all partitions together, half of it under way. */
const memoryBytes = 32 * 1024 * 1024

export interface ProducerSettings {
  readonly cluster: Cluster
  readonly partitions: number
  readonly session: Session
  readonly retry: RetryPolicy
  readonly progress: Progress | undefined
  readonly signal: AbortSignal | undefined
  /** A message that the broker finds too large, by an earlier run's ledger or this one. */
  refuse(message: Pick<Message, 'key' | 'place'>, valueBytes: number): void
}

/** Collects messages into batches by partition and sends each when it is full, while the next one fills. */
export class Producer {
  readonly #settings: ProducerSettings
  readonly #sessions: Sessions
  readonly #failed = new AbortController()
  readonly #signal: AbortSignal
  readonly #lanes: (PartitionLane | undefined)[]
  #known = 0

  constructor(settings: ProducerSettings) {
    const { cluster, partitions, session, signal } = settings
    this.#settings = settings
    this.#sessions = new Sessions(session, () => cluster.identify())
    this.#signal = signal ? AbortSignal.any([signal, this.#failed.signal]) : this.#failed.signal
    this.#lanes = Array.from({ length: partitions })
  }

  /** Messages that all in-sync replicas have, by this run or an earlier one. */
  get acknowledged(): number {
    return this.#lanes.reduce((sum, lane) => sum + (lane?.acknowledged ?? 0), this.#known)
  }

  /** To write the next time in, where all went well. */
  get session(): Session {
    return this.#sessions.current
  }

  /** Takes a message. A promise is returned only where the caller has to wait for room. */
  add(key: string, value: Buffer, valueBytes: number, headers: Buffer, place: number): Promise<void> | undefined {
    this.#signal.throwIfAborted()
    const partition = partitionOf(key, this.#lanes.length)
    const lane = (this.#lanes[partition] ??= this.#lane(partition))
    const { progress } = this.#settings
    const before = progress?.mark(partition)
    if (progress?.isKnown(partition, key, value, valueBytes)) {
      if (progress.wasRefused(place)) this.#settings.refuse({ key, place }, valueBytes)
      else this.#known += 1
      return undefined
    }
    if (lane.append(key, value, valueBytes, headers, place)) return undefined
    const kept = Buffer.from(value.subarray(0, valueBytes))
    const room = lane.send(capacityFor(key, valueBytes, headers), () => {
      if (before) progress?.acknowledged(partition, before)
    })
    const appended = room.then(() => void lane.append(key, kept, valueBytes, headers, place))
    return abortable(appended, this.#signal)
  }

  /** Sends what is left and waits until every batch is acknowledged. */
  async flush(): Promise<void> {
    const { progress } = this.#settings
    const last = this.#lanes.map(async (lane, partition) => {
      const all = progress?.mark(partition)
      await lane?.send(0, () => {
        if (all) progress?.acknowledged(partition, all)
      })
      await lane?.settled()
    })
    await abortable(Promise.all(last), this.#signal)
    await progress?.settled()
  }

  #lane(partition: number): PartitionLane {
    const { cluster, retry, partitions } = this.#settings
    const batchBytes = Math.max(smallestBatch, Math.min(largestBatch, Math.floor(memoryBytes / 2 / partitions)))
    return new PartitionLane({
      partition,
      batchBytes,
      cluster,
      sessions: this.#sessions,
      retry,
      signal: this.#signal,
      refuse: (message) => {
        this.#settings.progress?.refuse(message.place)
        this.#settings.refuse(message, message.value.length)
      },
      fail: (error) => this.#failed.abort(error), // the first failure of a lane is that of them all
    })
  }
}
