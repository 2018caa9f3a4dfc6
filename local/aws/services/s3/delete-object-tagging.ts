import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketOf } from './buckets.ts'
import { onObject } from './members.ts'
import { tagsPermission, withTags } from './object-tags.ts'
import { changeVersion, shownVersion, versionOf } from './versions.ts'

export default defineOperation({
  service: 's3',
  name: 'DeleteObjectTagging',
  route: {
    method: 'DELETE',
    path: '/{Bucket}/{Key+}',
    query: ['tagging'],
    reply: { status: 204, headers: ['VersionId'] },
  },
  input: z.strictObject({ ...onObject, VersionId: z.string().optional() }),
  needs: (input) => tagsPermission('Delete', input),
  run: ({ Bucket, Key, VersionId }, { platform }) => {
    const bucket = bucketOf(platform, Bucket)
    const version = versionOf(platform, Bucket, Key, VersionId)
    changeVersion(platform, Bucket, withTags(version, []))
    return shownVersion(bucket, version)
  },
})
