import type { S3Connector } from '../metadata/connector.ts'
import { credentialsOf, endpointOf } from './connector-credentials.ts'
import type { Sink } from './sink.ts'

/** The bucket of an S3 connector, with the connector's identity. */
export const openBucket = async (connector: S3Connector, region: string): Promise<Sink> => {
  const { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3')
  const endpoint = endpointOf(connector)
  const credentials = await credentialsOf(connector, region)
  const s3 = new S3Client({
    region: connector.region ?? region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials ? { credentials } : {}),
  })
  const Bucket = connector.bucket
  const { serverEncryptionAlgorithm: algorithm, serverEncryptionKey: key } = connector
  const encryption =
    algorithm === 'SSE-KMS'
      ? { ServerSideEncryption: 'aws:kms' as const, ...(key ? { SSEKMSKeyId: key } : {}) }
      : algorithm === 'AES256'
        ? { ServerSideEncryption: 'AES256' as const }
        : {}
  return {
    async put(Key, Body) {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body, ...encryption }))
    },
    async clear(Prefix) {
      for (;;) {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }))
        for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket, Key }))
        if (Contents.length === 0) return
      }
    },
    close: () => s3.destroy(),
  }
}
