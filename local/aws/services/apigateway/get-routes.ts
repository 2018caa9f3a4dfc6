import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingApi, managing, routes } from './apis.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'GetRoutes',
  route: { method: 'GET', path: '/v2/apis/{apiId}/routes' },
  input: z.strictObject({ apiId: z.string(), maxResults: z.string().optional(), nextToken: z.string().optional() }),
  needs: ({ apiId }, platform) => managing('GET', `/apis/${apiId}/routes`, platform),
  run({ apiId }, { platform }) {
    existingApi(platform, apiId)
    return {
      items: routes(platform)
        .list({ prefix: `${apiId}/` })
        .map(({ value }) => value),
    }
  },
})
