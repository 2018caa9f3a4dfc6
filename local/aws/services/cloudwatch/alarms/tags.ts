import type { Platform } from '../../../core/platform.ts'

export interface Tag {
  readonly Key: string
  readonly Value: string
}

const table = ({ store }: Platform) => store.table<readonly Tag[]>('cloudwatch.tags')

export const tagsOf = (platform: Platform, arn: string): readonly Tag[] => table(platform).get(arn) ?? []

export const putTags = (platform: Platform, arn: string, tags: readonly Tag[]) => table(platform).put(arn, tags)

export const forgetTags = (platform: Platform, arn: string) => void table(platform).delete(arn)
