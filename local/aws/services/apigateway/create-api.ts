import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { apis, describedApi, managing, newId } from './apis.ts'
import { gatewaysOf } from './gateway/gateways.ts'
import { tagMembers } from './tags.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'CreateApi',
  route: { method: 'POST', path: '/v2/apis' },
  input: z.strictObject({
    name: z.string().min(1).max(128),
    protocolType: z.literal('HTTP'),
    description: z.string().max(1024).optional(),
    disableExecuteApiEndpoint: z.boolean().optional(),
    tags: tagMembers.optional(),
  }),
  needs: (_, platform) => managing('POST', '/apis', platform),
  async run({ disableExecuteApiEndpoint = false, tags = {}, description, ...api }, { platform }) {
    const apiId = newId(10)
    const port = await gatewaysOf(platform).open(apiId, 0)
    const made = {
      ...api,
      ...(description !== undefined && { description }),
      apiId,
      disableExecuteApiEndpoint,
      tags,
      port,
      created: platform.clock.now(),
    }
    apis(platform).put(apiId, made)
    return describedApi(made)
  },
})
