import * as z from 'zod'
import { RawReply, defineOperation } from '../../core/operation.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { onObject, PartNumber } from './members.ts'
import { objectHeaders, objectMembers } from './object-members.ts'
import { checkRead } from './preconditions.ts'
import { readRange } from './read-range.ts'
import { versionToRead } from './version-to-read.ts'

const text = z.string().optional()

export default defineOperation({
  service: 's3',
  name: 'HeadObject',
  route: { method: 'HEAD', path: '/{Bucket}/{Key+}' },
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
  }),
  needs: ({ Bucket, Key, VersionId }) => [
    { action: VersionId ? 's3:GetObjectVersion' : 's3:GetObject', resource: objectArn(Bucket, Key) },
  ],
  run: (input, call) => {
    const bucket = bucketOf(call.platform, input.Bucket)
    const version = versionToRead(call, input.Bucket, input.Key, input.VersionId)
    checkRead(input, version)
    const range = readRange(version, input)
    const members = objectMembers(bucket, version, input.ChecksumMode === 'ENABLED' && !range)
    return new RawReply(range ? 206 : 200, objectHeaders({ ...members, ...range?.members }))
  },
})
