import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import type { ChecksumAlgorithm } from '../../core/signing/checksums.ts'
import type { ChecksumType } from './multipart-checksum.ts'

/** A multipart upload that is under way. */
export interface Upload {
  readonly id: string
  readonly bucket: string
  readonly key: string
  /** Milliseconds since 1970. */
  readonly started: number
  readonly described: Readonly<Record<string, unknown>>
  readonly checksumAlgorithm?: ChecksumAlgorithm | undefined
  readonly checksumType: ChecksumType
}

export interface Part {
  readonly number: number
  readonly body: string
  readonly size: number
  readonly md5: string
  /** `{ ChecksumCRC32: … }`. */
  readonly checksum: Readonly<Record<string, string>>
  readonly written: number
}

export const UploadId = z.string()

const id = (upload: Pick<Upload, 'bucket' | 'key' | 'id'>) => `${upload.bucket}/${upload.key}\0${upload.id}`

export const uploadsOf = ({ store }: Platform): Table<Upload> => store.table('s3.uploads')

export const partsOf = ({ store }: Platform, upload: Upload): Table<Part> => store.table(`s3.parts.${upload.id}`)

/** The place of a part in the table of its upload. */
export const partPlace = (number: number): string => String(number).padStart(5, '0')

export const addUpload = (platform: Platform, upload: Upload): void => uploadsOf(platform).put(id(upload), upload)

/** The upload, or NoSuchUpload. */
export const uploadOf = (platform: Platform, bucket: string, key: string, uploadId: string): Upload => {
  const upload = uploadsOf(platform).get(id({ bucket, key, id: uploadId }))
  if (!upload)
    throw new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      { status: 404, UploadId: uploadId },
    )
  return upload
}

/** Forgets an upload and its parts; returns the bodies that nothing names any more. */
export const forgetUpload = (platform: Platform, upload: Upload): string[] =>
  platform.store.transaction(() => {
    const parts = partsOf(platform, upload)
    const bodies = parts.list().map(({ key, value }) => {
      parts.delete(key)
      return value.body
    })
    uploadsOf(platform).delete(id(upload))
    return bodies
  })
