import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingPart, managing, partKey, routes } from './apis.ts'
import { checkedRoute } from './checked-route.ts'
import { routeMembers } from './route-members.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'UpdateRoute',
  route: { method: 'PATCH', path: '/v2/apis/{apiId}/routes/{routeId}' },
  input: z.strictObject({ ...routeMembers, routeId: z.string() }),
  needs: ({ apiId, routeId }, platform) => managing('PATCH', `/apis/${apiId}/routes/${routeId}`, platform),
  run({ routeId, ...rest }, { platform }) {
    existingPart(routes(platform), 'route', rest.apiId, routeId)
    const route = checkedRoute(platform, routeId, rest)
    routes(platform).put(partKey(rest.apiId, routeId), route)
    return route
  },
})
