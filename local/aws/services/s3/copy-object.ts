import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { keeping, linkBody } from './bodies.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { copySource, toRead } from './copy-source.ts'
import { encryptionOf } from './encryption.ts'
import { ChecksumAlgorithm, described, encryptionMembers, onObject } from './members.ts'
import { taggingPermission } from './object-tags.ts'
import { tellOf } from './object-event.ts'
import { checkRead, checkWrite } from './preconditions.ts'
import { versionToRead } from './version-to-read.ts'
import { addVersion, newest, shownVersion } from './versions.ts'

const describedSchema = z.object(described)

export default defineOperation({
  service: 's3',
  name: 'CopyObject',
  route: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}',
    headers: ['x-amz-copy-source'],
    reply: { root: 'CopyObjectResult', payload: 'CopyObjectResult', headers: ['VersionId', ...encryptionMembers] },
  },
  input: z.strictObject({
    ...onObject,
    ...described,
    ChecksumAlgorithm,
    CopySource: z.string(),
    CopySourceIfMatch: z.string().optional(),
    CopySourceIfNoneMatch: z.string().optional(),
    IfMatch: z.string().optional(),
    IfNoneMatch: z.string().optional(),
    MetadataDirective: z.enum(['COPY', 'REPLACE']).optional(),
    TaggingDirective: z.enum(['COPY', 'REPLACE']).optional(),
  }),
  needs: ({ Bucket, Key, CopySource, Tagging }) => [
    toRead(copySource(CopySource)),
    { action: 's3:PutObject', resource: objectArn(Bucket, Key) },
    ...taggingPermission(Bucket, Key, Tagging),
  ],
  run: async (input, call) => {
    const { Bucket, Key, CopySource, MetadataDirective, TaggingDirective } = input
    const { platform } = call
    const from = copySource(CopySource)
    bucketOf(platform, from.bucket)
    const bucket = bucketOf(platform, Bucket)
    const source = versionToRead(call, from.bucket, from.key, from.versionId)
    checkRead({ IfMatch: input.CopySourceIfMatch, IfNoneMatch: input.CopySourceIfNoneMatch }, source)
    if (from.bucket === Bucket && from.key === Key && !from.versionId && MetadataDirective !== 'REPLACE')
      throw new AwsError(
        'InvalidRequest',
        'This copy request is illegal because it is trying to copy an object to itself.',
      )
    const { ServerSideEncryption: _, SSEKMSKeyId: __, BucketKeyEnabled: ___, ...kept } = source.described
    const encryption = encryptionOf(bucket, input)
    const body = await linkBody(platform, source.body)
    const version = await keeping(platform, { body }, () =>
      platform.store.transaction(() => {
        checkWrite(input, newest(platform, Bucket, Key))
        return addVersion(platform, bucket, {
          key: Key,
          etag: source.etag,
          size: source.size,
          body,
          described: {
            ...(MetadataDirective === 'REPLACE' ? describedSchema.parse(input) : kept),
            Tagging: TaggingDirective === 'REPLACE' ? input.Tagging : kept['Tagging'],
            ...encryption,
          },
          checksum: source.checksum,
        })
      }),
    )
    tellOf(call, bucket, version, 'CopyObject')
    return {
      CopyObjectResult: { ETag: version.etag, LastModified: new Date(version.lastModified), ...version.checksum },
      ...shownVersion(bucket, version),
      ...encryption,
    }
  },
})
