import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import type { RawObject } from '@hopline/workflow'
import { ObjectGone, ObjectReadInterrupted } from './errors.ts'

/** One version of an object, read by ranges; `end` is exclusive. */
export interface RawBytes {
  size: number
  range(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>
}

/** What the feature-writer needs of S3. */
export interface Objects {
  /** A raw object, exactly in the version of the event. */
  raw(object: RawObject): RawBytes
  /** An object of the data bucket, whole. */
  get(key: string): Promise<Uint8Array<ArrayBuffer>>
  put(key: string, body: Uint8Array | string, contentType: string): Promise<void>
  /** Whether it is there or not. */
  remove(key: string): Promise<void>
  /** Keys of the data bucket below a prefix, in their order. */
  list(prefix: string): Promise<string[]>
}

const attempts = 3
const gone = new Set(['NoSuchKey', 'NoSuchVersion', 'PreconditionFailed', 'MethodNotAllowed'])

/** Objects through the AWS SDK, with the function's own role. */
export const s3Objects = (s3: S3Client, dataBucket: string): Objects => ({
  raw: ({ bucket, key, versionId, etag, size }) => ({
    size,
    range: async (start, end) => {
      const exactly = versionId === '' ? { IfMatch: etag } : { VersionId: versionId }
      const request = { Bucket: bucket, Key: key, Range: `bytes=${start}-${end - 1}`, ...exactly }
      try {
        return await readWhole(s3, request, end - start)
      } catch (error) {
        if (error instanceof S3ServiceException && gone.has(error.name)) {
          throw new ObjectGone('this version of the object is no longer there')
        }
        throw error
      }
    },
  }),
  get: (key) => readWhole(s3, { Bucket: dataBucket, Key: key }),
  remove: async (key) => {
    await s3.send(new DeleteObjectCommand({ Bucket: dataBucket, Key: key }))
  },
  put: async (key, body, contentType) => {
    await s3.send(new PutObjectCommand({ Bucket: dataBucket, Key: key, Body: body, ContentType: contentType }))
  },
  list: async (prefix) => {
    const keys: string[] = []
    let token: string | undefined
    do {
      const page = await s3.send(
        new ListObjectsV2Command({
          Bucket: dataBucket,
          Prefix: prefix,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
      )
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key)
      token = page.NextContinuationToken
    } while (token !== undefined)
    return keys
  },
})

/** The body of an answer. The SDK repeats a request that fails, but not one whose body breaks off: that is done here. */
const readWhole = async (s3: S3Client, request: { Bucket: string; Key: string; Range?: string }, bytes?: number) => {
  for (let attempt = 1; ; attempt += 1) {
    const { Body, ContentLength } = await s3.send(new GetObjectCommand(request))
    const expected = bytes ?? ContentLength
    try {
      const body = await Body?.transformToByteArray()
      if (body !== undefined && (expected === undefined || body.byteLength === expected)) return new Uint8Array(body)
    } catch {
      // the connection broke off; what did arrive is worthless
    }
    if (attempt === attempts) throw new ObjectReadInterrupted(`${request.Key} broke off ${attempts} times`)
  }
}
