import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { managing } from './apis.ts'
import { taggedResource, tagMembers } from './tags.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'TagResource',
  route: { method: 'POST', path: '/v2/tags/{resourceArn}', reply: { status: 201 } },
  input: z.strictObject({ resourceArn: z.string(), tags: tagMembers }),
  needs: ({ resourceArn }, platform) => managing('POST', `/tags/${encodeURIComponent(resourceArn)}`, platform),
  run({ resourceArn, tags: added }, { platform }) {
    const { tags, keep } = taggedResource(platform, resourceArn)
    keep({ ...tags, ...added })
    return {}
  },
})
