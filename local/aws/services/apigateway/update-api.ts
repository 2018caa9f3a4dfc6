import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { apis, describedApi, existingApi, managing } from './apis.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'UpdateApi',
  route: { method: 'PATCH', path: '/v2/apis/{apiId}' },
  input: z.strictObject({
    apiId: z.string(),
    name: z.string().min(1).max(128).optional(),
    description: z.string().max(1024).optional(),
    disableExecuteApiEndpoint: z.boolean().optional(),
  }),
  needs: ({ apiId }, platform) => managing('PATCH', `/apis/${apiId}`, platform),
  run({ apiId, name, description, disableExecuteApiEndpoint }, { platform }) {
    const api = {
      ...existingApi(platform, apiId),
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(disableExecuteApiEndpoint !== undefined && { disableExecuteApiEndpoint }),
    }
    apis(platform).put(apiId, api)
    return describedApi(api)
  },
})
