import * as z from 'zod'

/** How the listener is spoken to: by mutual TLS, or in the clear as an external Kafka may be. */
export const kafkaSecurity = z.enum(['SSL', 'PLAINTEXT'])
export type KafkaSecurity = z.infer<typeof kafkaSecurity>
