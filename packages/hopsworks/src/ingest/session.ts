import type { ProducerIdentity } from './kafka/init-producer-id.ts'

const sequences = 2 ** 31

/** An identity among the brokers, and how far its sequence is in each partition. */
export class Session {
  readonly identity: ProducerIdentity
  readonly #next = new Map<number, number>()

  constructor(identity: ProducerIdentity) {
    this.identity = identity
  }

  /** The sequence of the first record of a partition's next batch; −1 where there is no identity. */
  sequenceOf(partition: number): number {
    return this.identity.id < 0n ? -1 : (this.#next.get(partition) ?? 0)
  }

  /** The brokers have taken a batch: the next one follows it. */
  advance(partition: number, records: number): void {
    this.#next.set(partition, ((this.#next.get(partition) ?? 0) + records) % sequences)
  }
}
