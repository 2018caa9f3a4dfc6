import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { keeping, writeBody } from './bodies.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { encryptionOf } from './encryption.ts'
import {
  Body,
  bodyHeaders,
  checkGiven,
  checksumMembers,
  checksums,
  described,
  encryptionMembers,
  givenChecksum,
  onObject,
} from './members.ts'
import { taggingPermission } from './object-tags.ts'
import { tellOf } from './object-event.ts'
import { checkWrite } from './preconditions.ts'
import { addVersion, newest, shownVersion } from './versions.ts'

const describedSchema = z.object(described)

export default defineOperation({
  service: 's3',
  name: 'PutObject',
  route: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}',
    stream: true,
    reply: { headers: ['ETag', 'VersionId', ...checksumMembers, 'ChecksumType', ...encryptionMembers] },
  },
  input: z.strictObject({
    ...onObject,
    ...bodyHeaders,
    ...described,
    ...checksums,
    Body,
    IfMatch: z.string().optional(),
    IfNoneMatch: z.string().optional(),
  }),
  needs: ({ Bucket, Key, Tagging }) => [
    { action: 's3:PutObject', resource: objectArn(Bucket, Key) },
    ...taggingPermission(Bucket, Key, Tagging),
  ],
  run: async (input, call) => {
    const { Bucket, Key, ChecksumAlgorithm } = input
    const { platform } = call
    bucketOf(platform, Bucket)
    const given = givenChecksum(input)
    const written = await writeBody(platform, call.body ?? input.Body ?? '', given?.algorithm ?? ChecksumAlgorithm)
    const { bucket, version } = await keeping(platform, written, () => {
      checkGiven(given, written.checksum)
      return platform.store.transaction(() => {
        const bucket = bucketOf(platform, Bucket)
        checkWrite(input, newest(platform, Bucket, Key))
        const version = addVersion(platform, bucket, {
          key: Key,
          etag: `"${written.md5}"`,
          size: written.size,
          body: written.body,
          described: { ...describedSchema.parse(input), ...encryptionOf(bucket, input) },
          checksum: written.checksum,
        })
        return { bucket, version }
      })
    })
    tellOf(call, bucket, version, 'PutObject')
    return {
      ETag: version.etag,
      ...shownVersion(bucket, version),
      ...version.checksum,
      ChecksumType: 'FULL_OBJECT',
      ...encryptionOf(bucket, input),
    }
  },
})
