import * as z from 'zod'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null)

/** What a client says of an S3 connector; keys are given back to those who may read it, as Hopsworks does. */
export const s3ConnectorSchema = z.object({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,150}$/),
  description: text,
  storageConnectorType: z.literal('S3', 'only S3 connectors are known to the local Hopsworks'),
  bucket: z.string().min(1),
  path: text,
  region: text,
  accessKey: text,
  secretKey: text,
  iamRole: text,
  serverEncryptionAlgorithm: text,
  serverEncryptionKey: text,
  arguments: z
    .array(z.object({ name: z.string(), value: z.string().nullish() }))
    .nullish()
    .transform((values) => (values ?? []).map(({ name, value }) => ({ name, value: value ?? '' }))),
})

export const connectorSchema = s3ConnectorSchema.extend({ id: z.int(), version: z.int() })
export type S3Connector = z.infer<typeof connectorSchema>

export const argument = (connector: S3Connector, name: string): string | undefined =>
  connector.arguments.find((given) => given.name === name)?.value || undefined
