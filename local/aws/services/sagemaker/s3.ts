import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Platform } from '../../core/platform.ts'

/** S3 as a container sees it: over the wire, with the rights of its role. */
export interface S3 {
  /** Keys that start with the URI's key, folder markers left out, in S3's order. */
  readonly list: (uri: string) => Promise<string[]>
  readonly read: (uri: string) => Promise<Readable>
  readonly put: (uri: string, body: string) => Promise<void>
  readonly upload: (file: string, uri: string) => Promise<void>
  readonly remove: (uri: string) => Promise<void>
}

/** No object lies under the URI, or one of them cannot become a file. */
export class UnusableObjects extends Error {
  override readonly name = 'UnusableObjects'
}

export const parseS3Uri = (uri: string) => {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? []
  return { Bucket, Key }
}

export const openS3 = async (platform: Platform, roleArn: string, session: string): Promise<S3> => {
  const { S3Client, DeleteObjectCommand, GetObjectCommand, PutObjectCommand, paginateListObjectsV2 } =
    await import('@aws-sdk/client-s3')
  const client = new S3Client({
    endpoint: platform.url,
    region: platform.region,
    forcePathStyle: true,
    credentials: platform.credentialsFor(roleArn, session),
  })
  return {
    list: async (uri) => {
      const { Bucket, Key: Prefix } = parseS3Uri(uri)
      const keys: string[] = []
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        keys.push(...Contents.flatMap(({ Key }) => (Key === undefined || Key.endsWith('/') ? [] : [Key])))
      }
      return keys
    },
    read: async (uri) => {
      const { Body } = await client.send(new GetObjectCommand(parseS3Uri(uri)))
      if (!(Body instanceof Readable)) throw new UnusableObjects(`${uri} has no body`)
      return Body
    },
    put: async (uri, Body) => {
      await client.send(new PutObjectCommand({ ...parseS3Uri(uri), Body }))
    },
    upload: async (file, uri) => {
      const { size: ContentLength } = await stat(file)
      await client.send(new PutObjectCommand({ ...parseS3Uri(uri), Body: createReadStream(file), ContentLength }))
    },
    remove: async (uri) => {
      await client.send(new DeleteObjectCommand(parseS3Uri(uri)))
    },
  }
}

/** Where a key goes below a channel's folder: its path under the prefix, or its base name if the key is the prefix. */
export const pathBelow = (prefix: string, key: string) => {
  if (key === prefix) return key.slice(key.lastIndexOf('/') + 1)
  const start =
    prefix.endsWith('/') || prefix === '' || key[prefix.length] === '/' ? prefix.length : prefix.lastIndexOf('/') + 1
  return key.slice(start).replace(/^\/+/, '')
}

/** Copies every object under an S3 prefix into a folder. */
export const downloadPrefix = async (s3: S3, uri: string, folder: string) => {
  const { Bucket, Key: prefix } = parseS3Uri(uri)
  const keys = await s3.list(uri)
  if (keys.length === 0)
    throw new UnusableObjects(`No S3 objects found under S3 URL "${uri}" given in input data source.`)
  for (const key of keys) {
    const file = resolve(join(folder, pathBelow(prefix, key)))
    if (!file.startsWith(resolve(folder) + sep)) throw new UnusableObjects(`The key "${key}" cannot be a file's path.`)
    await mkdir(dirname(file), { recursive: true })
    await pipeline(await s3.read(`s3://${Bucket}/${key}`), createWriteStream(file))
  }
}
