import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { onObject } from './members.ts'
import { removeObject } from './remove-object.ts'

export default defineOperation({
  service: 's3',
  name: 'DeleteObject',
  route: { method: 'DELETE', path: '/{Bucket}/{Key+}', reply: { status: 204, headers: ['DeleteMarker', 'VersionId'] } },
  input: z.strictObject({ ...onObject, VersionId: z.string().optional(), IfMatch: z.string().optional() }),
  needs: ({ Bucket, Key, VersionId }) => [
    { action: VersionId ? 's3:DeleteObjectVersion' : 's3:DeleteObject', resource: objectArn(Bucket, Key) },
  ],
  run: (input, call) => removeObject(call, bucketOf(call.platform, input.Bucket), input),
})
