import * as z from 'zod'
import type { Permission } from '../../core/operation.ts'
import { ownError } from '../../core/own-error.ts'
import { objectArn } from './buckets.ts'
import type { Version } from './versions.ts'

const most = 10
const Tag = z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) })

/** The tags of an object, as a request for them or a reply has them. */
export const TagSet = z
  .array(Tag)
  .default([])
  .refine((tags) => tags.length <= most, ownError('BadRequest', `Object tags cannot be greater than ${most}`))
  .refine(
    (tags) => new Set(tags.map(({ Key }) => Key)).size === tags.length,
    ownError('InvalidTag', 'Cannot provide multiple Tags with the same key'),
  )
export type TagSet = z.infer<typeof TagSet>

/** They are kept as the header `x-amz-tagging` has them: `a=1&b=2`. */
export const tagsOf = ({ described: { Tagging } }: Version): TagSet =>
  typeof Tagging === 'string' ? [...new URLSearchParams(Tagging)].map(([Key, Value]) => ({ Key, Value })) : []

export const withTags = (version: Version, tags: TagSet): Version => ({
  ...version,
  described: {
    ...version.described,
    Tagging: new URLSearchParams(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))).toString(),
  },
})

/** What a caller needs beside the right to write, when the object comes with tags. */
export const taggingPermission = (bucket: string, key: string, tagging: string | undefined): Permission[] =>
  tagging ? [{ action: 's3:PutObjectTagging', resource: objectArn(bucket, key) }] : []

/** `s3:GetObjectTagging`, or `s3:GetObjectVersionTagging` where a version is named. */
export const tagsPermission = (
  verb: 'Get' | 'Put' | 'Delete',
  { Bucket, Key, VersionId }: { Bucket: string; Key: string; VersionId?: string | undefined },
): Permission[] => [
  { action: `s3:${verb}Object${VersionId ? 'Version' : ''}Tagging`, resource: objectArn(Bucket, Key) },
]
