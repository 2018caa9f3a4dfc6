import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { authorizers, existingApi, managing } from './apis.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'GetAuthorizers',
  route: { method: 'GET', path: '/v2/apis/{apiId}/authorizers' },
  input: z.strictObject({ apiId: z.string() }),
  needs: ({ apiId }, platform) => managing('GET', `/apis/${apiId}/authorizers`, platform),
  run({ apiId }, { platform }) {
    existingApi(platform, apiId)
    return {
      items: authorizers(platform)
        .list({ prefix: `${apiId}/` })
        .map(({ value }) => value),
    }
  },
})
