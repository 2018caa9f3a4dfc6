import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { denial } from '../../core/policy/denial.ts'
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
  // Each key is allowed or refused by itself.
  needs: () => [],
  run: ({ Bucket, Delete }, call) => {
    const { platform, principal } = call
    const bucket = bucketOf(platform, Bucket)
    const refusalOf = ({ Key, VersionId }: { Key: string; VersionId?: string | undefined }) => {
      const action = VersionId ? 's3:DeleteObjectVersion' : 's3:DeleteObject'
      const permission = { action, resource: objectArn(Bucket, Key) }
      const decision = platform.authority.ask(principal, permission)
      return decision.effect === 'allow' ? undefined : denial({ service: 's3' }, principal, permission, decision)
    }
    const asked = Delete.Objects.map((object) => ({ ...object, refusal: refusalOf(object) }))
    const Errors = asked.flatMap(({ Key, VersionId, refusal }) =>
      refusal ? [{ Key, VersionId, Code: refusal.code, Message: refusal.message }] : [],
    )
    const Deleted = platform.store.transaction(() =>
      asked
        .filter(({ refusal }) => !refusal)
        .map(({ Key, VersionId }) => {
          const removed = removeObject(call, bucket, { Key, VersionId })
          const { DeleteMarker, VersionId: version } = removed
          return {
            Key,
            VersionId,
            DeleteMarker,
            ...(DeleteMarker ? { DeleteMarkerVersionId: version } : {}),
          }
        }),
    )
    return Delete.Quiet ? { Errors } : { Deleted, Errors }
  },
})
