import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { removeBody } from './bodies.ts'
import { objectArn } from './buckets.ts'
import { onObject } from './members.ts'
import { UploadId, forgetUpload, uploadOf } from './uploads.ts'

export default defineOperation({
  service: 's3',
  name: 'AbortMultipartUpload',
  route: { method: 'DELETE', path: '/{Bucket}/{Key+}', query: ['uploadId'], reply: { status: 204 } },
  input: z.strictObject({ ...onObject, UploadId }),
  needs: ({ Bucket, Key }) => [{ action: 's3:AbortMultipartUpload', resource: objectArn(Bucket, Key) }],
  run: async ({ Bucket, Key, UploadId }, { platform }) => {
    const bodies = forgetUpload(platform, uploadOf(platform, Bucket, Key, UploadId))
    await Promise.all(bodies.map((body) => removeBody(platform, body)))
  },
})
