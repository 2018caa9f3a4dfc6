import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketArn, bucketOf } from './buckets.ts'
import { contentsOf } from './contents.ts'
import { listKeys } from './list-keys.ts'
import { EncodingType, encoder, inBucket } from './members.ts'
import { prefixContext } from './prefix-context.ts'

export default defineOperation({
  service: 's3',
  name: 'ListObjects',
  route: { method: 'GET', path: '/{Bucket}', reply: { root: 'ListBucketResult' } },
  input: z.strictObject({
    ...inBucket,
    Prefix: z.string().optional(),
    Delimiter: z.string().default(''),
    MaxKeys: z.int().min(0).default(1000),
    Marker: z.string().default(''),
    EncodingType,
  }),
  needs: ({ Bucket, Prefix }) => [
    { action: 's3:ListBucket', resource: bucketArn(Bucket), context: prefixContext(Prefix) },
  ],
  run: ({ Bucket, Prefix = '', Delimiter, MaxKeys, Marker, EncodingType }, { platform }) => {
    bucketOf(platform, Bucket)
    const encode = encoder(EncodingType)
    const { entries, prefixes, truncated, last } = listKeys(platform, Bucket, {
      prefix: Prefix,
      delimiter: Delimiter,
      after: Marker,
      limit: Math.min(MaxKeys, 1000),
    })
    return {
      Name: Bucket,
      Prefix: encode(Prefix),
      Marker: encode(Marker),
      Delimiter: Delimiter === '' ? undefined : encode(Delimiter),
      MaxKeys,
      EncodingType,
      IsTruncated: truncated && MaxKeys > 0,
      NextMarker: truncated && Delimiter !== '' && MaxKeys > 0 ? encode(last) : undefined,
      Contents: contentsOf(entries, encode),
      CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})
