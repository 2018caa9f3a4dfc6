import { headersFrom } from '../../core/protocols/rest-xml-protocol.ts'
import type { Bucket } from './buckets.ts'
import { tagsOf } from './object-tags.ts'
import { shownVersion } from './versions.ts'
import type { Version } from './versions.ts'

/** What HeadObject and GetObject say of a version, beside its bytes. */
export const objectMembers = (bucket: Bucket, version: Version, withChecksum: boolean): Record<string, unknown> => {
  const { Tagging: _tagging, ACL: _acl, ...described } = version.described
  const tags = tagsOf(version).length
  return {
    ContentType: 'binary/octet-stream',
    ServerSideEncryption: 'AES256',
    ...described,
    ...(tags > 0 && { TagCount: tags }),
    AcceptRanges: 'bytes',
    ContentLength: version.size,
    ETag: version.etag,
    LastModified: new Date(version.lastModified),
    ...shownVersion(bucket, version),
    ...(withChecksum
      ? {
          ...version.checksum,
          ...(Object.keys(version.checksum).length > 0 && { ChecksumType: version.checksumType ?? 'FULL_OBJECT' }),
        }
      : {}),
  }
}

/** The same as headers. */
export const objectHeaders = (members: Readonly<Record<string, unknown>>): Record<string, string> => {
  const { Metadata, ...rest } = members
  const metadata = Object.entries(Metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, String(value)])
  return { ...headersFrom(rest), ...Object.fromEntries(metadata) }
}
