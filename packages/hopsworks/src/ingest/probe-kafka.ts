import { abortable } from '../abortable.ts'
import { HopsworksError } from '../errors.ts'
import type { Hopsworks } from '../management/index.ts'
import { BrokerPool } from './kafka/broker-pool.ts'
import { addressOf } from './kafka/connection.ts'
import type { Broker } from './kafka/connection.ts'
import { metadata, metadataRequest, readMetadata } from './kafka/metadata.ts'
import { parseBroker } from './kafka/parse-broker.ts'
import { securityOf } from './security.ts'
import type { KafkaAccess } from './security.ts'

/** Whether a broker could be used from here: connected, its certificate trusted, ours accepted. */
export interface KafkaProbe {
  /** bootstrap: what Hopsworks names. broker: what the brokers name then, and the rows go to. */
  readonly what: 'bootstrap' | 'broker'
  readonly host: string
  readonly port: number
  readonly ms: number
  /** Null where all is well. */
  readonly failure: HopsworksError | null
}

export interface ProbeOptions {
  /** For each broker; 5,000 by default. */
  readonly timeoutMs?: number
  readonly kafka?: KafkaAccess
  readonly signal?: AbortSignal
}

/**
 * Connects to every bootstrap server of the project's Kafka, and to every broker that these advertise. A hang while
 * writing has its cause here: the bootstrap server answers, and then names brokers that only the cluster can reach.
 * @throws HopsworksError where the connector or the credentials cannot be read
 */
export async function probeKafka(
  hopsworks: Pick<Hopsworks, 'kafkaConnector' | 'credentials'>,
  { timeoutMs = 5_000, kafka = {}, signal }: ProbeOptions = {},
): Promise<KafkaProbe[]> {
  const connector = await hopsworks.kafkaConnector(signal)
  const security = await securityOf(connector, () => hopsworks.credentials(signal), kafka)
  const pool = new BrokerPool(async () => security, timeoutMs)
  const advertised = new Map<string, Broker>()
  const probe = async (what: KafkaProbe['what'], broker: Broker): Promise<KafkaProbe> => {
    const since = performance.now()
    const visited = visit(pool, broker, advertised)
    const failure = await (signal ? abortable(visited, signal) : visited)
    return { what, ...broker, ms: Math.round(performance.now() - since), failure }
  }
  try {
    const bootstraps = connector.bootstrapServers.map(parseBroker)
    const first = await Promise.all(bootstraps.map((broker) => probe('bootstrap', broker)))
    const then = await Promise.all([...advertised.values()].map((broker) => probe('broker', broker)))
    return [...first, ...then]
  } finally {
    await pool.close()
  }
}

/** Notes whom a broker names as brokers. */
async function visit(
  pool: BrokerPool,
  broker: Broker,
  advertised: Map<string, Broker>,
): Promise<HopsworksError | null> {
  try {
    const { connection } = await pool.connect(broker)
    const { brokers } = readMetadata(await connection.request(metadata, [metadataRequest()]))
    for (const named of brokers.values()) advertised.set(addressOf(named), named)
    return null
  } catch (error) {
    if (error instanceof HopsworksError) return error
    throw error
  }
}
