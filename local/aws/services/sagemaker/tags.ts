import * as z from 'zod'
import type { Permission } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'

export const tagList = z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(50)

export type TagList = z.infer<typeof tagList>

const tagTable = (platform: Platform) => platform.store.table<TagList>('sagemaker.tags')

export const tagsOf = (platform: Platform, arn: string): TagList => tagTable(platform).get(arn) ?? []

/** Adds tags; a key that is there gets the new value. */
export const addTags = (platform: Platform, arn: string, tags: TagList | undefined): TagList => {
  const known = tagsOf(platform, arn)
  if (!tags?.length) return known
  const merged = new Map([...known, ...tags].map(({ Key, Value }) => [Key, Value]))
  const list = [...merged].map(([Key, Value]) => ({ Key, Value }))
  tagTable(platform).put(arn, list)
  return list
}

export const forgetTags = (platform: Platform, arn: string) => tagTable(platform).delete(arn)

/** Creating with tags needs the right to tag too. */
export const taggingPermission = (arn: string, tags: TagList | undefined): Permission[] =>
  tags?.length ? [{ action: 'sagemaker:AddTags', resource: arn }] : []

/** As state-change events carry them. */
export const tagObject = (platform: Platform, arn: string) =>
  Object.fromEntries(tagsOf(platform, arn).map(({ Key, Value }) => [Key, Value]))

export const deleteTags = (platform: Platform, arn: string, keys: readonly string[]) => {
  const left = tagsOf(platform, arn).filter(({ Key }) => !keys.includes(Key))
  tagTable(platform).put(arn, left)
}
