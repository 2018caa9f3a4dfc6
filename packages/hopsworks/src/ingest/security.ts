import { HopsworksKafkaError } from '../errors.ts'
import type { Credentials, KafkaConnector } from '../management/index.ts'
import type { Security } from './kafka/connection.ts'

/**
 * How the project's Kafka wants to be spoken to. `externalKafka: false` with SSL means mutual TLS by the project user's
 * certificate. An empty endpoint algorithm skips the host name, never the chain.
 */
export async function securityOf(
  connector: KafkaConnector,
  credentials: () => Promise<Credentials>,
): Promise<Security> {
  const { securityProtocol, externalKafka, sslEndpointIdentificationAlgorithm } = connector
  if (securityProtocol === 'PLAINTEXT') return null
  if (securityProtocol !== 'SSL') {
    throw new HopsworksKafkaError(
      `Kafka's security protocol ${securityProtocol} is not supported; SSL and PLAINTEXT are`,
      {
        code: null,
        retryable: false,
      },
    )
  }
  const verifyHost = sslEndpointIdentificationAlgorithm !== ''
  if (externalKafka) return { verifyHost }
  const { caChain, clientCert, clientKey } = await credentials()
  return { ca: caChain, cert: clientCert, key: clientKey, verifyHost }
}
