import { withRetries } from '../retry.ts'
import type { RetryPolicy } from '../retry.ts'
import type { Cluster } from './kafka/cluster.ts'
import { capacityFor, RecordBatch } from './kafka/record-batch.ts'
import { partitionOf } from './partition.ts'

/** Brokers refuse more than 1,048,588 bytes by default. */
const largestBatch = 1_000_000
const smallestBatch = 64 * 1024
/** Of all partitions together, half of it in flight. */
const memoryBytes = 32 * 1024 * 1024

interface Partition {
  filling: RecordBatch
  spare: RecordBatch
  /** The batch on its way: one a partition, so that a retry cannot overtake its successor. */
  inFlight: Promise<void>
}

/** Collects records into batches by partition and sends each when it is full, while the next one fills. */
export class Producer {
  readonly #cluster: Cluster
  readonly #retry: RetryPolicy
  readonly #batchBytes: number
  readonly #partitions: (Partition | undefined)[]

  constructor(cluster: Cluster, partitions: number, retry: RetryPolicy) {
    this.#cluster = cluster
    this.#retry = retry
    this.#batchBytes = Math.max(smallestBatch, Math.min(largestBatch, Math.floor(memoryBytes / 2 / partitions)))
    this.#partitions = Array.from({ length: partitions })
  }

  /** Takes a record. A promise is returned only where the caller has to wait for room. */
  add(key: string, value: Buffer, valueBytes: number, headers: Buffer): Promise<void> | undefined {
    const index = partitionOf(key, this.#partitions.length)
    const partition = (this.#partitions[index] ??= newPartition(this.#batchBytes))
    if (partition.filling.append(key, value, valueBytes, headers)) return undefined
    return this.#makeRoom(index, partition, key, Buffer.from(value.subarray(0, valueBytes)), headers)
  }

  /** Sends what is left and waits until every batch is acknowledged. */
  async flush(): Promise<void> {
    await Promise.all(
      this.#partitions.map(async (partition, index) => {
        if (!partition) return
        await this.#send(index, partition)
        await partition.inFlight
      }),
    )
  }

  async #makeRoom(index: number, partition: Partition, key: string, value: Buffer, headers: Buffer): Promise<void> {
    await this.#send(index, partition)
    const needed = capacityFor(key, value.length, headers)
    if (needed > partition.filling.capacity) partition.filling = new RecordBatch(needed) // the broker judges its size
    partition.filling.append(key, value, value.length, headers)
  }

  async #send(index: number, partition: Partition): Promise<void> {
    if (partition.filling.count === 0) return
    const full = partition.filling
    await partition.inFlight
    partition.spare.clear()
    partition.filling = partition.spare
    partition.spare = full
    const batch = full.finish(Date.now())
    partition.inFlight = withRetries(this.#retry, () => this.#cluster.write(index, batch))
    partition.inFlight.catch(() => undefined) // thrown where it is awaited next
  }
}

function newPartition(batchBytes: number): Partition {
  return { filling: new RecordBatch(batchBytes), spare: new RecordBatch(batchBytes), inFlight: Promise.resolve() }
}
