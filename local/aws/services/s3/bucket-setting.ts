import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { bucketArn, bucketOf, bucketsOf } from './buckets.ts'
import { ChecksumAlgorithm, checksums, inBucket } from './members.ts'

/** A setting of a bucket that is put, read and deleted as one document. */
export interface BucketSetting {
  /** Sub-resource in the query: `versioning`. */
  readonly query: string
  /** Names of the operations; a setting that is never deleted has no `remove`. */
  readonly operations: { readonly put: string; readonly get: string; readonly remove?: string }
  /** Actions where they differ from the operations' names. */
  readonly actions: { readonly put: string; readonly get: string }
  /** The member of the input that is the document. */
  readonly member: string
  readonly schema: z.ZodType
  /** Root element of the reply to a read; without it the document is text. */
  readonly root?: string
  /** The read's reply holds the document under its member's name, not its members. */
  readonly whole?: true
  /** What a read finds where nothing was put: a document, or an error's code and message. */
  readonly missing: { readonly document: unknown } | { readonly code: string; readonly message: string }
  readonly status?: number
  /** Refuses a document that could not work. */
  readonly check?: (document: unknown, bucket: string, platform: Platform) => Promise<void>
}

const need = (action: string) => (input: unknown) => [
  { action, resource: bucketArn(z.looseObject(inBucket).parse(input).Bucket) },
]

/** The operations of one setting. */
export const bucketSetting = (setting: BucketSetting): Operation[] => {
  const { query, operations, actions, member, schema, root, whole, missing, status = 200, check } = setting
  const put = defineOperation({
    service: 's3',
    name: operations.put,
    route: { method: 'PUT', path: '/{Bucket}', query: [query], payload: member, reply: { status } },
    input: z.strictObject({ ...inBucket, ...checksums, ChecksumAlgorithm, [member]: schema }),
    needs: need(actions.put),
    run: async (input, { platform }) => {
      const { Bucket, [member]: document } = z.looseObject(inBucket).parse(input)
      bucketOf(platform, Bucket)
      await check?.(document, Bucket, platform)
      const bucket = bucketOf(platform, Bucket)
      const settings = { ...bucket.settings, [member]: document }
      bucketsOf(platform.store).put(bucket.name, { ...bucket, settings })
    },
  })
  const get = defineOperation({
    service: 's3',
    name: operations.get,
    route: {
      method: 'GET',
      path: '/{Bucket}',
      query: [query],
      reply: { ...(root ? { root } : {}), ...(whole ? { payload: member } : {}) },
    },
    input: z.strictObject(inBucket),
    needs: need(actions.get),
    run: ({ Bucket }, { platform }) => {
      const document = bucketOf(platform, Bucket).settings[member]
      if (document === undefined && 'code' in missing)
        throw new AwsError(missing.code, missing.message, { status: 404, BucketName: Bucket })
      const found = document ?? ('document' in missing ? missing.document : undefined)
      return whole ? { [member]: found } : found
    },
  })
  if (!operations.remove) return [put, get]
  const remove = defineOperation({
    service: 's3',
    name: operations.remove,
    route: { method: 'DELETE', path: '/{Bucket}', query: [query], reply: { status: 204 } },
    input: z.strictObject(inBucket),
    needs: need(actions.put),
    run: ({ Bucket }, { platform }) => {
      const bucket = bucketOf(platform, Bucket)
      const { [member]: _removed, ...settings } = bucket.settings
      bucketsOf(platform.store).put(Bucket, { ...bucket, settings })
    },
  })
  return [put, get, remove]
}
