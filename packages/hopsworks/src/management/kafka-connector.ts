import * as z from 'zod'
import type { Http } from './http.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

const kafkaConnector = z.object({
  bootstrapServers: z.string().transform((servers) => servers.split(',').map((server) => server.trim())),
  securityProtocol: z.string(),
  sslEndpointIdentificationAlgorithm: z.string().nullish(),
  externalKafka: z.boolean().default(false),
  /** In the spelling of a Java client, e.g. `sasl.mechanism`. */
  options: z
    .array(z.object({ name: z.string(), value: z.string().nullish() }))
    .nullish()
    .transform((options) => options ?? []),
})

/** Where the project's Kafka is and how it is secured. */
export type KafkaConnector = z.output<typeof kafkaConnector>

export function readKafkaConnector(http: Http, { projectId, featureStoreId }: Scope) {
  const at = path`/project/${projectId}/featurestores/${featureStoreId}/storageconnectors/kafka_connector/byok`
  return (signal?: AbortSignal): Promise<KafkaConnector> =>
    http.get(at, kafkaConnector, { query: { external: true }, signal })
}
