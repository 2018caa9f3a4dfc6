import * as z from 'zod'
import { RawReply, defineOperation } from '../../core/operation.ts'
import { readBodyFile } from './bodies.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { onObject, PartNumber } from './members.ts'
import { objectHeaders, objectMembers } from './object-members.ts'
import { checkRead } from './preconditions.ts'
import { readRange } from './read-range.ts'
import { versionToRead } from './version-to-read.ts'

const text = z.string().optional()

export default defineOperation({
  service: 's3',
  name: 'GetObject',
  route: { method: 'GET', path: '/{Bucket}/{Key+}' },
  input: z.strictObject({
    ...onObject,
    VersionId: text,
    Range: text,
    PartNumber: PartNumber.optional(),
    IfMatch: text,
    IfNoneMatch: text,
    IfModifiedSince: text,
    IfUnmodifiedSince: text,
    ChecksumMode: text,
    ResponseContentType: text,
    ResponseContentDisposition: text,
    ResponseCacheControl: text,
  }),
  needs: ({ Bucket, Key, VersionId }) => [
    { action: VersionId ? 's3:GetObjectVersion' : 's3:GetObject', resource: objectArn(Bucket, Key) },
  ],
  run: (input, call) => {
    const { platform } = call
    const { Bucket, Key, VersionId, ChecksumMode } = input
    const bucket = bucketOf(platform, Bucket)
    const version = versionToRead(call, Bucket, Key, VersionId)
    checkRead(input, version)
    const range = readRange(version, input)
    const { ResponseContentType, ResponseContentDisposition, ResponseCacheControl } = input
    const headers = objectHeaders({
      ...objectMembers(bucket, version, ChecksumMode === 'ENABLED' && !range),
      ...(ResponseContentType ? { ContentType: ResponseContentType } : {}),
      ...(ResponseContentDisposition ? { ContentDisposition: ResponseContentDisposition } : {}),
      ...(ResponseCacheControl ? { CacheControl: ResponseCacheControl } : {}),
      ...range?.members,
    })
    if (version.size === 0) return new RawReply(200, headers)
    return new RawReply(range ? 206 : 200, headers, readBodyFile(platform, version, range))
  },
})
