import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { bucketArn, bucketOf } from './buckets.ts'
import { contentsOf } from './contents.ts'
import { listKeys } from './list-keys.ts'
import { EncodingType, encoder, inBucket } from './members.ts'
import { prefixContext } from './prefix-context.ts'

const token = (key: string) => Buffer.from(JSON.stringify(key)).toString('base64url')
const keyOf = (continuation: string) => {
  try {
    return z.string().parse(JSON.parse(Buffer.from(continuation, 'base64url').toString()))
  } catch {
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect')
  }
}

export default defineOperation({
  service: 's3',
  name: 'ListObjectsV2',
  route: { method: 'GET', path: '/{Bucket}', query: ['list-type=2'], reply: { root: 'ListBucketResult' } },
  input: z.strictObject({
    ...inBucket,
    Prefix: z.string().optional(),
    Delimiter: z.string().default(''),
    MaxKeys: z.int().min(0).default(1000),
    StartAfter: z.string().default(''),
    ContinuationToken: z.string().optional(),
    EncodingType,
    FetchOwner: z.boolean().optional(),
  }),
  needs: ({ Bucket, Prefix }) => [
    { action: 's3:ListBucket', resource: bucketArn(Bucket), context: prefixContext(Prefix) },
  ],
  run: (input, { platform }) => {
    const { Bucket, Prefix = '', Delimiter, StartAfter, ContinuationToken, EncodingType } = input
    bucketOf(platform, Bucket)
    const encode = encoder(EncodingType)
    const { entries, prefixes, truncated, last } = listKeys(platform, Bucket, {
      prefix: Prefix,
      delimiter: Delimiter,
      after: ContinuationToken === undefined ? StartAfter : keyOf(ContinuationToken),
      limit: Math.min(input.MaxKeys, 1000),
    })
    return {
      Name: Bucket,
      Prefix: encode(Prefix),
      Delimiter: Delimiter === '' ? undefined : encode(Delimiter),
      StartAfter: StartAfter === '' ? undefined : encode(StartAfter),
      MaxKeys: input.MaxKeys,
      KeyCount: entries.length + prefixes.length,
      EncodingType,
      IsTruncated: truncated && input.MaxKeys > 0,
      ContinuationToken,
      NextContinuationToken: truncated && input.MaxKeys > 0 ? token(last) : undefined,
      Contents: contentsOf(entries, encode),
      CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})
