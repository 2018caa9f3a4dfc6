import { createHash } from 'node:crypto'
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

/** Objects in S3, each named by its URI, `s3://bucket/key`. */
export interface Objects {
  text(uri: string): Promise<string>
  bytes(uri: string): Promise<Uint8Array>
  put(uri: string, body: string | Uint8Array, contentType?: string): Promise<void>
  exists(uri: string): Promise<boolean>
  /** SHA-256 in hexadecimal, read as a stream. */
  sha256(uri: string): Promise<string>
  /** Every object below a prefix, in the order of their keys. */
  list(prefix: string): AsyncGenerator<{ uri: string; bytes: number }>
  /** Names right below a prefix, up to and with the next slash: `date=2001-01-01/`. */
  folders(prefix: string): AsyncGenerator<string>
}

const parts = (uri: string) => {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? []
  if (Bucket === undefined || Key === undefined) throw new TypeError(`${uri} is no S3 URI`)
  return { Bucket, Key }
}

/** Objects through the AWS SDK, with the function's own role. */
export const s3Objects = (client = new S3Client({})): Objects => {
  const get = async (uri: string) => {
    const { Body } = await client.send(new GetObjectCommand(parts(uri)))
    if (Body === undefined) throw new TypeError(`${uri} has no body`)
    return Body
  }
  return {
    text: async (uri) => (await get(uri)).transformToString('utf-8'),
    bytes: async (uri) => (await get(uri)).transformToByteArray(),
    put: async (uri, Body, ContentType = 'application/json') => {
      await client.send(new PutObjectCommand({ ...parts(uri), Body, ContentType }))
    },
    // To roles that may list some prefixes only, S3 says 403 of an object that is missing: so it is listed.
    exists: async (uri) => {
      const { Bucket, Key } = parts(uri)
      const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: Key, MaxKeys: 1 }))
      return Contents?.[0]?.Key === Key
    },
    sha256: async (uri) => {
      const hash = createHash('sha256')
      for await (const piece of (await get(uri)).transformToWebStream()) hash.update(piece)
      return hash.digest('hex')
    },
    list: async function* list(prefix) {
      const { Bucket, Key: Prefix } = parts(prefix)
      let ContinuationToken: string | undefined
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }))
        for (const { Key = '', Size = 0 } of page.Contents ?? []) yield { uri: `s3://${Bucket}/${Key}`, bytes: Size }
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken !== undefined)
    },
    folders: async function* folders(prefix) {
      const { Bucket, Key: Prefix } = parts(prefix)
      let ContinuationToken: string | undefined
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, Delimiter: '/', ContinuationToken }))
        for (const { Prefix: folder = '' } of page.CommonPrefixes ?? []) yield folder.slice(Prefix.length)
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken !== undefined)
    },
  }
}
