import { HopsworksKafkaError } from '../errors.ts'
import type { Credentials, KafkaConnector } from '../management/index.ts'
import type { Security } from './kafka/broker-pool.ts'
import type { Sasl } from './kafka/sasl/authenticate.ts'

/** What Hopsworks cannot hand out of an external Kafka: certificates of its own, a user and a password. */
export interface KafkaAccess {
  /** PEM. Without it the system's authorities count, and no certificate is shown. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
  /** Taken before what the connector's options say. */
  readonly sasl?: Sasl
}

const protocols: Readonly<Record<string, { readonly tls: boolean; readonly sasl: boolean }>> = {
  PLAINTEXT: { tls: false, sasl: false },
  SSL: { tls: true, sasl: false },
  SASL_PLAINTEXT: { tls: false, sasl: true },
  SASL_SSL: { tls: true, sasl: true },
}

/**
 * How the project's Kafka wants to be spoken to. `externalKafka: false` with SSL means mutual TLS by the project user's
 * certificate. An empty endpoint algorithm skips the host name, never the chain.
 */
export async function securityOf(
  connector: KafkaConnector,
  credentials: () => Promise<Credentials>,
  access: KafkaAccess = {},
): Promise<Security> {
  const { securityProtocol, externalKafka, sslEndpointIdentificationAlgorithm: algorithm } = connector
  const protocol = protocols[securityProtocol]
  if (!protocol) throw refused(`security protocol ${securityProtocol} is not known`)
  const sasl = protocol.sasl ? (access.sasl ?? saslOf(connector.options)) : null
  if (!protocol.tls) return { tls: null, sasl }
  const verifyHost = algorithm !== ''
  if (externalKafka || access.tls) return { tls: { ...access.tls, verifyHost }, sasl }
  const { caChain, clientCert, clientKey } = await credentials()
  return { tls: { ca: caChain, cert: clientCert, key: clientKey, verifyHost }, sasl }
}

/** Of the options in a Java client's spelling: `sasl.mechanism`, and user and password in `sasl.jaas.config`. */
function saslOf(options: KafkaConnector['options']): Sasl {
  const option = (name: string) => options.find((one) => one.name === name)?.value ?? ''
  const jaas = (name: string) =>
    new RegExp(`\\b${name}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(option('sasl.jaas.config'))
  const [username, password] = [jaas('username')?.[1], jaas('password')?.[1]].map((text) =>
    text?.replace(/\\(.)/g, '$1'),
  )
  const mechanism = mechanisms.find((known) => known === option('sasl.mechanism'))
  if (!mechanism) throw refused(`SASL mechanism ${option('sasl.mechanism') || '(none)'} is not known`)
  if (!username || !password) throw refused('the connector names no SASL user and password: give them as kafka.sasl')
  return { mechanism, username, password }
}

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const

const refused = (why: string) => new HopsworksKafkaError(`Kafka connector: ${why}`, { code: null, retryable: false })
