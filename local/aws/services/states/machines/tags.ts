import * as z from 'zod'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'

export const tagsInput = z
  .array(z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) }))
  .max(50)
type Tags = z.infer<typeof tagsInput>

const table = (platform: Platform) => platform.store.table<Tags>('states.tags')

export const tagsOf = (platform: Platform, arn: string): Tags => table(platform).get(arn) ?? []

const put = (platform: Platform, arn: string, tags: Tags) => {
  if (tags.length > 50) throw new AwsError('TooManyTags', `'${arn}' would have more than 50 tags`)
  if (tags.length > 0) table(platform).put(arn, tags)
  else table(platform).delete(arn)
}

/** Adds tags; a key that is there gets the new value. Throws TooManyTags. */
export const addTags = (platform: Platform, arn: string, tags: Tags): void => {
  const merged = new Map([...tagsOf(platform, arn), ...tags].map(({ key, value }) => [key, value]))
  put(
    platform,
    arn,
    [...merged].map(([key, value]) => ({ key, value })),
  )
}

export const removeTags = (platform: Platform, arn: string, keys: readonly string[]): void =>
  put(
    platform,
    arn,
    tagsOf(platform, arn).filter(({ key }) => !keys.includes(key)),
  )

export const forgetTags = (platform: Platform, arn: string): void => put(platform, arn, [])
