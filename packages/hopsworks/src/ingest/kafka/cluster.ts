import { HopsworksKafkaError } from '../../errors.ts'
import { Connection } from './connection.ts'
import type { Broker, Security } from './connection.ts'
import { brokerError } from './error-codes.ts'
import { apiVersions, metadata, metadataRequest, produce, produceRequest, readApiVersions } from './requests.ts'
import { readMetadata, readProduce } from './requests.ts'
import type { TopicMetadata } from './requests.ts'

export interface ClusterSettings {
  /** `host:port` each. */
  readonly bootstrap: readonly string[]
  readonly topic: string
  /** Asked for before a socket is opened after a failure, so that renewed certificates are picked up. */
  readonly security: () => Promise<Security>
  /** For connecting, and for each reply. */
  readonly timeoutMs: number
}

/** The brokers of one topic: who leads which partition, and a socket to each leader. Does not retry. */
export class Cluster {
  readonly #settings: ClusterSettings
  readonly #sockets = new Map<string, Promise<Connection>>()
  #security: Promise<Security> | undefined
  #topic: Promise<TopicMetadata> | undefined

  constructor(settings: ClusterSettings) {
    this.#settings = settings
  }

  /** How many partitions the topic has. */
  async partitions(): Promise<number> {
    return (await this.#metadata()).leaders.length
  }

  /** Writes one record batch, acknowledged by all in-sync replicas. Reads the metadata again after any failure. */
  async write(partition: number, batch: Buffer): Promise<void> {
    const { topic, timeoutMs } = this.#settings
    const seen = this.#metadata()
    try {
      const { leaders, brokers } = await seen
      const leader = brokers.get(leaders[partition] ?? -1)
      if (!leader) throw brokerError(`Partition ${partition} of ${topic}`, 5)
      const connection = await this.#connect(leader)
      const request = produceRequest(topic, partition, batch.length, timeoutMs)
      const error = readProduce(await connection.request(produce, [request, batch]))
      if (error !== 0) throw brokerError(`Writing to partition ${partition} of ${topic}`, error)
    } catch (error) {
      if (this.#topic === seen) this.#topic = undefined
      throw error
    }
  }

  async close(): Promise<void> {
    const sockets = await Promise.allSettled(this.#sockets.values())
    for (const socket of sockets) if (socket.status === 'fulfilled') socket.value.close()
    this.#sockets.clear()
  }

  #metadata(): Promise<TopicMetadata> {
    if (this.#topic) return this.#topic
    const read = this.#readMetadata()
    this.#topic = read
    read.catch(() => {
      if (this.#topic === read) this.#topic = undefined
    })
    return read
  }

  async #readMetadata(): Promise<TopicMetadata> {
    const { bootstrap, topic } = this.#settings
    const failures: unknown[] = []
    for (const server of bootstrap) {
      try {
        const connection = await this.#connect(brokerOf(server))
        const found = readMetadata(await connection.request(metadata, [metadataRequest(topic)]))
        if (found.error !== 0) throw brokerError(`Topic ${topic}`, found.error)
        if (found.leaders.length === 0) throw brokerError(`Topic ${topic}`, 5)
        return found
      } catch (error) {
        failures.push(error)
      }
    }
    throw (
      failures.at(-1) ??
      new HopsworksKafkaError('The Kafka connector names no broker', { code: null, retryable: false })
    )
  }

  async #connect(broker: Broker): Promise<Connection> {
    const address = `${broker.host}:${broker.port}`
    const known = this.#sockets.get(address)
    if (known && !(await known).broken) return known
    if (this.#sockets.get(address) === known) this.#sockets.set(address, this.#open(broker, address))
    return this.#connect(broker)
  }

  async #open(broker: Broker, address: string): Promise<Connection> {
    try {
      const security = await (this.#security ??= this.#settings.security())
      const connection = await Connection.open(broker, security, this.#settings.timeoutMs)
      const { error, ranges } = readApiVersions(await connection.request(apiVersions, []))
      const missing = [metadata, produce].find(
        ({ key, version }) =>
          !ranges.some((range) => range.key === key && range.min <= version && version <= range.max),
      )
      if (error === 0 && !missing) return connection
      connection.close()
      throw brokerError(`Kafka broker ${address}, ${missing?.name ?? apiVersions.name}`, error || 35)
    } catch (error) {
      this.#sockets.delete(address)
      this.#security = undefined
      throw error
    }
  }
}

function brokerOf(server: string): Broker {
  const { hostname, port } = new URL(`kafka://${server.replace(/^\w+:\/\//, '')}`)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 9092) }
}
