import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { managing } from './apis.ts'
import { taggedResource } from './tags.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'GetTags',
  route: { method: 'GET', path: '/v2/tags/{resourceArn}' },
  input: z.strictObject({ resourceArn: z.string() }),
  needs: ({ resourceArn }, platform) => managing('GET', `/tags/${encodeURIComponent(resourceArn)}`, platform),
  run: ({ resourceArn }, { platform }) => ({ tags: taggedResource(platform, resourceArn).tags }),
})
