import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { writeBody } from './bodies.ts'
import { objectArn } from './buckets.ts'
import { Body, bodyHeaders, checksumMembers, checksums, givenChecksum, onObject, PartNumber } from './members.ts'
import { keepPart } from './keep-part.ts'
import { UploadId, uploadOf } from './uploads.ts'

export default defineOperation({
  service: 's3',
  name: 'UploadPart',
  route: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}',
    query: ['partNumber', 'uploadId'],
    stream: true,
    reply: { headers: ['ETag', ...checksumMembers] },
  },
  input: z.strictObject({
    ...onObject,
    ...bodyHeaders,
    ...checksums,
    UploadId,
    Body,
    PartNumber,
    ContentType: z.string().optional(),
  }),
  needs: ({ Bucket, Key }) => [{ action: 's3:PutObject', resource: objectArn(Bucket, Key) }],
  run: async (input, { platform, body }) => {
    const { Bucket, Key, UploadId, ChecksumAlgorithm } = input
    const { checksumAlgorithm } = uploadOf(platform, Bucket, Key, UploadId)
    const algorithm = givenChecksum(input)?.algorithm ?? ChecksumAlgorithm ?? checksumAlgorithm
    const written = await writeBody(platform, body ?? input.Body ?? '', algorithm)
    await keepPart(platform, input, written)
    return { ETag: `"${written.md5}"`, ...written.checksum }
  },
})
