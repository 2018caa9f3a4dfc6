import * as z from 'zod'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { apis, authorizers, existingApi, integrations, managing, routes, stages } from './apis.ts'
import { gatewaysOf } from './gateway/gateways.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'DeleteApi',
  route: { method: 'DELETE', path: '/v2/apis/{apiId}' },
  input: z.strictObject({ apiId: z.string() }),
  needs: ({ apiId }, platform) => managing('DELETE', `/apis/${apiId}`, platform),
  async run({ apiId }, { platform }) {
    existingApi(platform, apiId)
    await gatewaysOf(platform).close(apiId)
    platform.store.transaction(() => {
      for (const table of [routes(platform), authorizers(platform), integrations(platform), stages(platform)]) {
        for (const { key } of table.list({ prefix: `${apiId}/` })) table.delete(key)
      }
      apis(platform).delete(apiId)
    })
    return new RawReply(204)
  },
})
