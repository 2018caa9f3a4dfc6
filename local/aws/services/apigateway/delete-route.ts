import * as z from 'zod'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { existingPart, managing, partKey, routes } from './apis.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'DeleteRoute',
  route: { method: 'DELETE', path: '/v2/apis/{apiId}/routes/{routeId}' },
  input: z.strictObject({ apiId: z.string(), routeId: z.string() }),
  needs: ({ apiId, routeId }, platform) => managing('DELETE', `/apis/${apiId}/routes/${routeId}`, platform),
  run({ apiId, routeId }, { platform }) {
    existingPart(routes(platform), 'route', apiId, routeId)
    routes(platform).delete(partKey(apiId, routeId))
    return new RawReply(204)
  },
})
