import { HopsworksKafkaError } from '../../errors.ts'
import { addressOf } from './connection.ts'
import type { Broker } from './connection.ts'
import type { BrokerPool, Peer } from './broker-pool.ts'
import { brokerError } from './error-codes.ts'
import { anonymous, initProducerId, initProducerIdRequest, readInitProducerId } from './init-producer-id.ts'
import type { ProducerIdentity } from './init-producer-id.ts'
import { metadata, metadataRequest, readMetadata } from './metadata.ts'
import type { Metadata } from './metadata.ts'
import { produce, produceRequest, readProduce } from './produce.ts'

export interface ClusterSettings {
  readonly pool: BrokerPool
  readonly bootstrap: readonly Broker[]
  readonly topic: string
  /** For each reply; a broker waits a little less long for its replicas. */
  readonly timeoutMs: number
}

/** The brokers of one topic: who leads which partition. Does not retry. */
export class Cluster {
  readonly #settings: ClusterSettings
  #metadata: Promise<Metadata> | undefined
  #brokers: readonly Broker[] = []

  constructor(settings: ClusterSettings) {
    this.#settings = settings
  }

  /** How many partitions the topic has. */
  async partitions(): Promise<number> {
    return (await this.#current()).leaders.length
  }

  /** Writes one record batch, acknowledged by all in-sync replicas. Reads the metadata again after any failure. */
  async write(partition: number, batch: Buffer): Promise<void> {
    const { pool, topic, timeoutMs } = this.#settings
    const seen = this.#current()
    try {
      const { leaders, brokers } = await seen
      const leader = brokers.get(leaders[partition] ?? -1)
      if (!leader) throw brokerError(`Partition ${partition} of ${topic}`, 5)
      const { connection } = await pool.connect(leader)
      const request = produceRequest(topic, partition, batch.length, Math.ceil(timeoutMs * 0.8))
      const error = readProduce(await connection.request(produce, [request, batch]))
      if (error !== 0) throw brokerError(`Writing to partition ${partition} of ${topic}`, error)
    } catch (error) {
      if (this.#metadata === seen) this.#metadata = undefined
      throw error
    }
  }

  /** A new identity, or none where this user may have none or the brokers know of none. */
  identify(): Promise<ProducerIdentity> {
    return this.#withAnyBroker(async ({ connection, speaks }) => {
      if (!speaks(initProducerId)) return anonymous
      const { error, identity } = readInitProducerId(
        await connection.request(initProducerId, [initProducerIdRequest()]),
      )
      if (error === 31) return anonymous
      if (error !== 0) throw brokerError('Asking for a producer id', error)
      return identity
    })
  }

  #current(): Promise<Metadata> {
    if (this.#metadata) return this.#metadata
    const read = this.#read()
    this.#metadata = read
    read.catch(() => {
      if (this.#metadata === read) this.#metadata = undefined
    })
    return read
  }

  #read(): Promise<Metadata> {
    const { topic } = this.#settings
    return this.#withAnyBroker(async ({ connection }) => {
      const found = readMetadata(await connection.request(metadata, [metadataRequest(topic)]))
      if (found.error !== 0) throw brokerError(`Topic ${topic}`, found.error)
      if (found.leaders.length === 0) throw brokerError(`Topic ${topic}`, 5)
      this.#brokers = [...found.brokers.values()]
      return found
    })
  }

  /** Those that led until now know best; the bootstrap servers are there for when all of them are gone. */
  async #withAnyBroker<T>(ask: (peer: Peer) => Promise<T>): Promise<T> {
    const candidates = new Map([...this.#brokers, ...this.#settings.bootstrap].map((one) => [addressOf(one), one]))
    let failure: unknown = new HopsworksKafkaError('The Kafka connector names no broker', {
      code: null,
      retryable: false,
    })
    for (const broker of candidates.values()) {
      try {
        return await ask(await this.#settings.pool.connect(broker))
      } catch (error) {
        failure = error
      }
    }
    throw failure
  }
}
