import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { ChecksumAlgorithm, Key, checksums, inBucket } from './members.ts'
import { removeObject } from './remove-object.ts'

export default defineOperation({
  service: 's3',
  name: 'DeleteObjects',
  route: { method: 'POST', path: '/{Bucket}', query: ['delete'], payload: 'Delete', reply: { root: 'DeleteResult' } },
  input: z.strictObject({
    ...inBucket,
    ...checksums,
    ChecksumAlgorithm,
    Delete: z.strictObject({
      Objects: z.array(z.strictObject({ Key, VersionId: z.string().optional() })).max(1000),
      Quiet: z.boolean().optional(),
    }),
  }),
  needs: ({ Bucket, Delete }) =>
    Delete.Objects.map(({ Key, VersionId }) => ({
      action: VersionId ? 's3:DeleteObjectVersion' : 's3:DeleteObject',
      resource: objectArn(Bucket, Key),
    })),
  run: ({ Bucket, Delete }, { platform }) => {
    const bucket = bucketOf(platform, Bucket)
    const Deleted = platform.store.transaction(() =>
      Delete.Objects.map(({ Key, VersionId }) => {
        const removed = removeObject(platform, bucket, Key, VersionId)
        const { DeleteMarker, VersionId: version } = removed
        return {
          Key,
          VersionId,
          DeleteMarker,
          ...(DeleteMarker ? { DeleteMarkerVersionId: version } : {}),
        }
      }),
    )
    return Delete.Quiet ? {} : { Deleted }
  },
})
