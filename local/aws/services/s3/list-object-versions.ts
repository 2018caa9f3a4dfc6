import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketArn, bucketOf } from './buckets.ts'
import { contentsOf } from './contents.ts'
import { listKeys } from './list-keys.ts'
import { EncodingType, encoder, inBucket } from './members.ts'
import { prefixContext } from './prefix-context.ts'

/** Pages end between keys, never between two versions of one key: a page may hold more than MaxKeys. */
export default defineOperation({
  service: 's3',
  name: 'ListObjectVersions',
  route: { method: 'GET', path: '/{Bucket}', query: ['versions'], reply: { root: 'ListVersionsResult' } },
  input: z.strictObject({
    ...inBucket,
    Prefix: z.string().optional(),
    Delimiter: z.string().default(''),
    MaxKeys: z.int().min(1).default(1000),
    KeyMarker: z.string().default(''),
    VersionIdMarker: z.string().optional(),
    EncodingType,
  }),
  needs: ({ Bucket, Prefix }) => [
    { action: 's3:ListBucketVersions', resource: bucketArn(Bucket), context: prefixContext(Prefix) },
  ],
  run: ({ Bucket, Prefix = '', Delimiter, MaxKeys, KeyMarker, EncodingType }, { platform }) => {
    bucketOf(platform, Bucket)
    const encode = encoder(EncodingType)
    const { entries, prefixes, truncated, last } = listKeys(platform, Bucket, {
      prefix: Prefix,
      delimiter: Delimiter,
      after: KeyMarker,
      limit: Math.min(MaxKeys, 1000),
      every: true,
    })
    const seen = new Set<string>()
    const marked = entries.map((version) => {
      const IsLatest = !seen.has(version.key)
      seen.add(version.key)
      const [content] = contentsOf([version], encode)
      return { marker: version.deleteMarker === true, shown: { ...content, VersionId: version.versionId, IsLatest } }
    })
    return {
      Name: Bucket,
      Prefix: encode(Prefix),
      KeyMarker: encode(KeyMarker),
      Delimiter: Delimiter === '' ? undefined : encode(Delimiter),
      MaxKeys,
      EncodingType,
      IsTruncated: truncated,
      NextKeyMarker: truncated ? encode(last) : undefined,
      Versions: marked.filter(({ marker }) => !marker).map(({ shown }) => shown),
      DeleteMarkers: marked
        .filter(({ marker }) => marker)
        .map(({ shown: { Key, LastModified, VersionId, IsLatest } }) => ({ Key, LastModified, VersionId, IsLatest })),
      CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})
