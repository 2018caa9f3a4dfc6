import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import type { JsonObject } from '@hopline/local-states'
import * as z from 'zod'
import { RawReply } from '../../../core/operation.ts'
import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'

const listing = z.object({
  Contents: z
    .array(
      z.object({
        ETag: z.string(),
        Key: z.string(),
        LastModified: z.date(),
        Size: z.number(),
        StorageClass: z.string(),
      }),
    )
    .default([]),
  NextContinuationToken: z.string().optional(),
})

export interface ObjectPlace {
  readonly Bucket: string
  readonly Key: string
  readonly VersionId?: string | undefined
}

/** S3, as the machine's role sees it. */
export const objectsOf = (platform: Platform, principal: Principal) => ({
  /** The text of an object; one whose key ends in `.gz` is unpacked. */
  text: async (place: ObjectPlace): Promise<string> => {
    const reply = await platform.call('s3', 'GetObject', place, principal)
    if (!(reply instanceof RawReply)) throw new Error('GetObject answers with a RawReply')
    const bytes = reply.body instanceof Readable ? await buffer(reply.body) : Buffer.from(reply.body)
    return (place.Key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
  },

  /** The objects under a prefix, as a Map's items; at most `most`. */
  list: async (place: { readonly Bucket: string; readonly Prefix?: string | undefined }, most: number) => {
    const items: (JsonObject & { readonly Key: string })[] = []
    let ContinuationToken: string | undefined
    do {
      const page = listing.parse(await platform.call('s3', 'ListObjectsV2', { ...place, ContinuationToken }, principal))
      for (const { ETag, LastModified, ...object } of page.Contents) {
        items.push({ Etag: ETag, ...object, LastModified: Math.floor(LastModified.getTime() / 1000) })
      }
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined && items.length < most)
    return items.slice(0, most)
  },

  put: async (Bucket: string, Key: string, Body: string): Promise<void> => {
    await platform.call('s3', 'PutObject', { Bucket, Key, Body }, principal)
  },
})

export type Objects = ReturnType<typeof objectsOf>
