import type { ResourceContext } from '../resource-type.ts'
import { retag, tagList, tagMap } from './retag.ts'

type Tags = Readonly<Record<string, string>> | undefined

/** Brings the tags of what API Gateway keeps under a path to what the template says. */
export const retagGateway = (
  { call, platform }: ResourceContext,
  path: string,
  before: Tags,
  after: Tags,
): Promise<void> => {
  const resourceArn = `arn:aws:apigateway:${platform.region}::/${path}`
  return retag(
    { before: tagList(before), after: tagList(after) },
    {
      put: (added) => call('apigateway', 'TagResource', { resourceArn, tags: tagMap(added) }),
      remove: (tagKeys) => call('apigateway', 'UntagResource', { resourceArn, tagKeys }),
    },
  )
}
