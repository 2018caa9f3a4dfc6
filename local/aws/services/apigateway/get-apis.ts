import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { apis, describedApi, managing } from './apis.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'GetApis',
  route: { method: 'GET', path: '/v2/apis' },
  input: z.strictObject({ maxResults: z.string().optional(), nextToken: z.string().optional() }),
  needs: (_, platform) => managing('GET', '/apis', platform),
  run: (_, { platform }) => ({
    items: apis(platform)
      .list()
      .map(({ value }) => describedApi(value)),
  }),
})
