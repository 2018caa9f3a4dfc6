import * as z from 'zod'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { managing } from './apis.ts'
import { taggedResource } from './tags.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'UntagResource',
  route: { method: 'DELETE', path: '/v2/tags/{resourceArn}' },
  input: z.strictObject({ resourceArn: z.string(), tagKeys: z.array(z.string().min(1).max(128)).min(1) }),
  needs: ({ resourceArn }, platform) => managing('DELETE', `/tags/${encodeURIComponent(resourceArn)}`, platform),
  run({ resourceArn, tagKeys }, { platform }) {
    const { tags, keep } = taggedResource(platform, resourceArn)
    keep(Object.fromEntries(Object.entries(tags).filter(([key]) => !tagKeys.includes(key))))
    return new RawReply(204)
  },
})
