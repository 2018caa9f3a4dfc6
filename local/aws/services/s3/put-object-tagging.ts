import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketOf } from './buckets.ts'
import { ChecksumAlgorithm, checksums, onObject } from './members.ts'
import { TagSet, tagsPermission, withTags } from './object-tags.ts'
import { changeVersion, shownVersion, versionOf } from './versions.ts'

export default defineOperation({
  service: 's3',
  name: 'PutObjectTagging',
  route: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}',
    query: ['tagging'],
    payload: 'Tagging',
    reply: { headers: ['VersionId'] },
  },
  input: z.strictObject({
    ...onObject,
    ...checksums,
    ChecksumAlgorithm,
    VersionId: z.string().optional(),
    Tagging: z.strictObject({ TagSet }),
  }),
  needs: (input) => tagsPermission('Put', input),
  run: ({ Bucket, Key, VersionId, Tagging }, { platform }) => {
    const bucket = bucketOf(platform, Bucket)
    const version = versionOf(platform, Bucket, Key, VersionId)
    changeVersion(platform, Bucket, withTags(version, Tagging.TagSet))
    return shownVersion(bucket, version)
  },
})
