import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { objectArn } from './buckets.ts'
import { onObject } from './members.ts'
import { UploadId, partPlace, partsOf, uploadOf } from './uploads.ts'

export default defineOperation({
  service: 's3',
  name: 'ListParts',
  route: { method: 'GET', path: '/{Bucket}/{Key+}', query: ['uploadId'], reply: { root: 'ListPartsResult' } },
  input: z.strictObject({
    ...onObject,
    UploadId,
    MaxParts: z.int().min(1).default(1000),
    PartNumberMarker: z.int().min(0).default(0),
  }),
  needs: ({ Bucket, Key }) => [{ action: 's3:ListMultipartUploadParts', resource: objectArn(Bucket, Key) }],
  run: ({ Bucket, Key, UploadId, MaxParts, PartNumberMarker }, { platform }) => {
    const limit = Math.min(MaxParts, 1000)
    const found = partsOf(platform, uploadOf(platform, Bucket, Key, UploadId)).list({
      after: partPlace(PartNumberMarker),
      limit: limit + 1,
    })
    const page = found.slice(0, limit).map(({ value }) => value)
    const IsTruncated = found.length > limit
    return {
      Bucket,
      Key,
      UploadId,
      MaxParts,
      PartNumberMarker,
      IsTruncated,
      NextPartNumberMarker: IsTruncated ? page.at(-1)?.number : undefined,
      StorageClass: 'STANDARD',
      Parts: page.map(({ number, md5, size, written }) => ({
        PartNumber: number,
        ETag: `"${md5}"`,
        Size: size,
        LastModified: new Date(written),
      })),
    }
  },
})
