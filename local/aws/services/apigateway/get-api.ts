import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedApi, existingApi, managing } from './apis.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'GetApi',
  route: { method: 'GET', path: '/v2/apis/{apiId}' },
  input: z.strictObject({ apiId: z.string() }),
  needs: ({ apiId }, platform) => managing('GET', `/apis/${apiId}`, platform),
  run: ({ apiId }, { platform }) => describedApi(existingApi(platform, apiId)),
})
