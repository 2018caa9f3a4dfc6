import * as z from 'zod'
import type { Bucket } from './buckets.ts'

const bucketDefault = z.looseObject({
  Rules: z.array(
    z.looseObject({
      ApplyServerSideEncryptionByDefault: z
        .looseObject({ SSEAlgorithm: z.string(), KMSMasterKeyID: z.string().optional() })
        .optional(),
      BucketKeyEnabled: z.boolean().optional(),
    }),
  ),
})

/** How S3 says that it keeps an object. */
export interface Encryption {
  readonly ServerSideEncryption: string
  readonly SSEKMSKeyId?: string
  readonly BucketKeyEnabled?: boolean
}

interface Asked {
  readonly ServerSideEncryption?: string | undefined
  readonly SSEKMSKeyId?: string | undefined
  readonly BucketKeyEnabled?: boolean | undefined
}

/** As the request asks, else as the bucket has it by default, else with S3's own key. */
export const encryptionOf = ({ settings }: Bucket, asked: Asked): Encryption => {
  const { data } = bucketDefault.safeParse(settings['ServerSideEncryptionConfiguration'])
  const [rule] = data?.Rules ?? []
  const byDefault = rule?.ApplyServerSideEncryptionByDefault
  const algorithm = asked.ServerSideEncryption ?? byDefault?.SSEAlgorithm ?? 'AES256'
  if (algorithm !== 'aws:kms') return { ServerSideEncryption: algorithm }
  const key = asked.SSEKMSKeyId ?? (asked.ServerSideEncryption ? undefined : byDefault?.KMSMasterKeyID)
  const withBucketKey = asked.BucketKeyEnabled ?? rule?.BucketKeyEnabled ?? false
  return {
    ServerSideEncryption: algorithm,
    ...(key !== undefined && { SSEKMSKeyId: key }),
    ...(withBucketKey && { BucketKeyEnabled: true }),
  }
}
