import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { readBodyFile, writeBody } from './bodies.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { byteRange } from './byte-range.ts'
import { copySource, toRead } from './copy-source.ts'
import { keepPart } from './keep-part.ts'
import { onObject, PartNumber } from './members.ts'
import { checkRead } from './preconditions.ts'
import { UploadId, uploadOf } from './uploads.ts'
import { versionToRead } from './version-to-read.ts'

export default defineOperation({
  service: 's3',
  name: 'UploadPartCopy',
  route: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}',
    query: ['partNumber', 'uploadId'],
    headers: ['x-amz-copy-source'],
    reply: { root: 'CopyPartResult' },
  },
  input: z.strictObject({
    ...onObject,
    UploadId,
    PartNumber,
    CopySource: z.string(),
    CopySourceRange: z
      .string()
      .regex(/^bytes=\d+-\d+$/)
      .optional(),
    CopySourceIfMatch: z.string().optional(),
    CopySourceIfNoneMatch: z.string().optional(),
  }),
  needs: ({ Bucket, Key, CopySource }) => [
    toRead(copySource(CopySource)),
    { action: 's3:PutObject', resource: objectArn(Bucket, Key) },
  ],
  run: async (input, call) => {
    const { platform } = call
    const { bucket, key, versionId } = copySource(input.CopySource)
    const { checksumAlgorithm } = uploadOf(platform, input.Bucket, input.Key, input.UploadId)
    bucketOf(platform, bucket)
    const source = versionToRead(call, bucket, key, versionId)
    checkRead({ IfMatch: input.CopySourceIfMatch, IfNoneMatch: input.CopySourceIfNoneMatch }, source)
    const range = byteRange(input.CopySourceRange, source.size)
    const bytes = source.size === 0 ? '' : readBodyFile(platform, source, range)
    const written = await writeBody(platform, bytes, checksumAlgorithm)
    await keepPart(platform, input, written)
    return { ETag: `"${written.md5}"`, LastModified: new Date(platform.clock.now()) }
  },
})
