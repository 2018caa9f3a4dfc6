import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { ownError } from '../../core/own-error.ts'
import type { Platform } from '../../core/platform.ts'
import { keeping, readBodyFile, removeBody, writeBody } from './bodies.ts'
import { bucketOf, objectArn } from './buckets.ts'
import { checkGiven, checksums, encryptionMembers, givenChecksum, onObject } from './members.ts'
import { checksumType, compositeChecksum } from './multipart-checksum.ts'
import { tellOf } from './object-event.ts'
import { checkWrite } from './preconditions.ts'
import { UploadId, forgetUpload, partPlace, partsOf, uploadOf } from './uploads.ts'
import type { Part, Upload } from './uploads.ts'
import { addVersion, newest, shownVersion } from './versions.ts'

const smallestPart = 5 * 1024 * 1024

const given = z.strictObject({ ...checksums, PartNumber: z.int(), ETag: z.string() })

const chosenParts = (platform: Platform, upload: Upload, wanted: readonly z.infer<typeof given>[]): Part[] => {
  const table = partsOf(platform, upload)
  if (wanted.some(({ PartNumber }, index) => index > 0 && PartNumber <= (wanted[index - 1]?.PartNumber ?? 0)))
    throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.')
  return wanted.map(({ PartNumber, ETag }, index) => {
    const part = table.get(partPlace(PartNumber))
    if (!part || part.md5 !== ETag.replaceAll('"', ''))
      throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.', { PartNumber })
    if (index < wanted.length - 1 && part.size < smallestPart)
      throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        PartNumber,
      })
    return part
  })
}

const bytesOf = async function* (platform: Platform, parts: readonly Part[]) {
  for (const part of parts) if (part.size > 0) yield* readBodyFile(platform, part)
}

export default defineOperation({
  service: 's3',
  name: 'CompleteMultipartUpload',
  route: {
    method: 'POST',
    path: '/{Bucket}/{Key+}',
    query: ['uploadId'],
    payload: 'MultipartUpload',
    checksumsOfObject: true,
    reply: { root: 'CompleteMultipartUploadResult', headers: ['VersionId', ...encryptionMembers] },
  },
  input: z.strictObject({
    ...onObject,
    ...checksums,
    UploadId,
    ChecksumType: checksumType.optional(),
    IfMatch: z.string().optional(),
    IfNoneMatch: z.string().optional(),
    MultipartUpload: z
      .strictObject({ Parts: z.array(given).default([]) })
      .refine(
        ({ Parts }) => Parts.length > 0,
        ownError(
          'MalformedXML',
          'The XML you provided was not well-formed or did not validate against our published schema',
        ),
      ),
  }),
  needs: ({ Bucket, Key }) => [{ action: 's3:PutObject', resource: objectArn(Bucket, Key) }],
  run: async (input, call) => {
    const { Bucket, Key, UploadId, MultipartUpload } = input
    const { platform } = call
    const upload = uploadOf(platform, Bucket, Key, UploadId)
    const parts = chosenParts(platform, upload, MultipartUpload.Parts)
    const given = givenChecksum(input)
    const { checksumAlgorithm } = upload
    const composite =
      checksumAlgorithm && upload.checksumType === 'COMPOSITE'
        ? await compositeChecksum(checksumAlgorithm, parts)
        : undefined
    const written = await writeBody(
      platform,
      Readable.from(bytesOf(platform, parts), { objectMode: false }),
      (composite ? undefined : given?.algorithm) ?? checksumAlgorithm,
    )
    const md5s = Buffer.concat(parts.map(({ md5 }) => Buffer.from(md5, 'hex')))
    const etag = `"${createHash('md5').update(md5s).digest('hex')}-${parts.length}"`
    const { bucket, version, bodies } = await keeping(platform, written, () => {
      checkGiven(given, composite ?? written.checksum)
      return platform.store.transaction(() => {
        const bucket = bucketOf(platform, Bucket)
        uploadOf(platform, Bucket, Key, UploadId)
        checkWrite(input, newest(platform, Bucket, Key))
        const { body, size } = written
        const checksum = composite ?? written.checksum
        const { described } = upload
        const partSizes = parts.map((part) => part.size)
        const version = addVersion(platform, bucket, {
          key: Key,
          etag,
          size,
          body,
          partSizes,
          described,
          checksum,
          checksumType: upload.checksumType,
        })
        return { bucket, version, bodies: forgetUpload(platform, upload) }
      })
    })
    await Promise.all(bodies.map((body) => removeBody(platform, body)))
    tellOf(call, bucket, version, 'CompleteMultipartUpload')
    return {
      Location: `${platform.url}/${Bucket}/${Key}`,
      Bucket,
      Key,
      ETag: etag,
      ...version.checksum,
      ChecksumType: upload.checksumType,
      ...shownVersion(bucket, version),
      ...Object.fromEntries(encryptionMembers.map((member) => [member, upload.described[member]])),
    }
  },
})
