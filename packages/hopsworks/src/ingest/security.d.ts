import type { Credentials, KafkaConnector } from '../management/index.ts';
import type { Security } from './kafka/connection.ts';
/**
 * How the project's Kafka wants to be spoken to. `externalKafka: false` with SSL means mutual TLS by the project user's
 * certificate. An empty endpoint algorithm skips the host name, never the chain.
 */
export declare function securityOf(connector: KafkaConnector, credentials: () => Promise<Credentials>): Promise<Security>;
//# sourceMappingURL=security.d.ts.map