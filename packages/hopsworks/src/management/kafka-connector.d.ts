import * as z from 'zod';
import type { Http } from './http.ts';
import type { Scope } from './scope.ts';
declare const kafkaConnector: z.ZodObject<{
    bootstrapServers: z.ZodPipe<z.ZodString, z.ZodTransform<string[], string>>;
    securityProtocol: z.ZodString;
    sslEndpointIdentificationAlgorithm: z.ZodOptional<z.ZodNullable<z.ZodString>>;
    externalKafka: z.ZodDefault<z.ZodBoolean>;
}, z.core.$strip>;
/** Where the project's Kafka is and how it is secured. */
export type KafkaConnector = z.output<typeof kafkaConnector>;
export declare function readKafkaConnector(http: Http, { projectId, featureStoreId }: Scope): (signal?: AbortSignal) => Promise<KafkaConnector>;
export {};
//# sourceMappingURL=kafka-connector.d.ts.map