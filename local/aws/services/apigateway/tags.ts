import * as z from 'zod'
import type { Platform } from '../../core/platform.ts'
import { apis, existingApi, existingPart, partKey, stages } from './apis.ts'

export const tagMembers = z.record(z.string().min(1).max(128), z.string().max(256))

type Tags = z.infer<typeof tagMembers>

/** An API or a stage by its ARN: the tags that it has, and how it gets others. Throws NotFoundException. */
export const taggedResource = (
  platform: Platform,
  arn: string,
): { readonly tags: Tags; readonly keep: (tags: Tags) => void } => {
  const [, apiId = '', stageName] = /::\/apis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn) ?? []
  if (stageName === undefined) {
    const api = existingApi(platform, apiId)
    return { tags: api.tags, keep: (tags) => apis(platform).put(apiId, { ...api, tags }) }
  }
  const stage = existingPart(stages(platform), 'stage', apiId, stageName)
  return {
    tags: stage.tags ?? {},
    keep: (tags) => stages(platform).put(partKey(apiId, stageName), { ...stage, tags }),
  }
}
