import { HopsworksKafkaError } from '../../errors.ts'
import type { Api } from './api.ts'
import { apiVersions, readApiVersions } from './api-versions.ts'
import type { Speaks } from './api-versions.ts'
import { addressOf, Connection } from './connection.ts'
import type { Broker, Tls } from './connection.ts'
import { brokerError } from './error-codes.ts'
import { metadata } from './metadata.ts'
import { produce } from './produce.ts'
import { authenticate } from './sasl/authenticate.ts'
import type { Sasl } from './sasl/authenticate.ts'

/** How the brokers want to be spoken to; null for what they do without. */
export interface Security {
  readonly tls: Tls | null
  readonly sasl: Sasl | null
}

/** A broker that is connected, and what it knows. */
export interface Peer {
  readonly broker: Broker
  readonly connection: Connection
  readonly speaks: Speaks
}

const needed: readonly Api[] = [metadata, produce]

/** One socket to each broker, opened when it is first asked for and again when it broke. */
export class BrokerPool {
  readonly #securityOf: () => Promise<Security>
  readonly #timeoutMs: number
  readonly #peers = new Map<string, Promise<Peer>>()
  #security: Promise<Security> | undefined
  #renewed = false

  /** @param security asked for once, and once more when a broker refuses the certificate: it may have been renewed */
  constructor(security: () => Promise<Security>, timeoutMs: number) {
    this.#securityOf = security
    this.#timeoutMs = timeoutMs
  }

  async connect(broker: Broker): Promise<Peer> {
    const address = addressOf(broker)
    const known = this.#peers.get(address)
    if (known && !(await known).connection.broken) return known
    if (this.#peers.get(address) === known) this.#peers.set(address, this.#open(broker, address))
    return this.connect(broker)
  }

  async close(): Promise<void> {
    const peers = await Promise.allSettled(this.#peers.values())
    for (const peer of peers) if (peer.status === 'fulfilled') peer.value.connection.close()
    this.#peers.clear()
  }

  async #open(broker: Broker, address: string): Promise<Peer> {
    let connection: Connection | undefined
    const security = (this.#security ??= this.#securityOf())
    try {
      const { tls, sasl } = await security
      connection = await Connection.open(broker, tls, this.#timeoutMs)
      const { error, speaks } = readApiVersions(await connection.request(apiVersions, []))
      const missing = needed.find((api) => !speaks(api))
      if (error !== 0 || missing) {
        throw brokerError(`Kafka broker ${address}, ${missing?.name ?? apiVersions.name}`, error || 35)
      }
      if (sasl) await authenticate(connection, sasl)
      this.#renewed = false
      return { broker, connection, speaks }
    } catch (error) {
      this.#peers.delete(address)
      connection?.close()
      throw this.#judge(error, security)
    }
  }

  /** A certificate that is refused is fetched anew, once; then the refusal stands. */
  #judge(error: unknown, used: Promise<Security>): unknown {
    if (!(error instanceof HopsworksKafkaError)) {
      if (this.#security === used) this.#security = undefined // it could not be had at all
      return error
    }
    if (!isCertificateTrouble(error.code) || this.#security !== used) return error
    if (this.#renewed) return new HopsworksKafkaError(error.message, { code: error.code, retryable: false })
    this.#renewed = true
    this.#security = undefined
    return error
  }
}

const isCertificateTrouble = (code: unknown): boolean => /CERT|SSL|SIGN|ISSUER|VERIFY/.test(String(code))
