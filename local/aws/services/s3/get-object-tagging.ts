import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketOf } from './buckets.ts'
import { onObject } from './members.ts'
import { tagsOf, tagsPermission } from './object-tags.ts'
import { shownVersion, versionOf } from './versions.ts'

export default defineOperation({
  service: 's3',
  name: 'GetObjectTagging',
  route: {
    method: 'GET',
    path: '/{Bucket}/{Key+}',
    query: ['tagging'],
    reply: { root: 'Tagging', headers: ['VersionId'] },
  },
  input: z.strictObject({ ...onObject, VersionId: z.string().optional() }),
  needs: (input) => tagsPermission('Get', input),
  run: ({ Bucket, Key, VersionId }, { platform }) => {
    const bucket = bucketOf(platform, Bucket)
    const version = versionOf(platform, Bucket, Key, VersionId)
    return { TagSet: tagsOf(version), ...shownVersion(bucket, version) }
  },
})
