import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import type { Route } from './apis.ts'
import { existingPart, managing, partKey, routes } from './apis.ts'
import { routeMembers } from './route-members.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'UpdateRoute',
  route: { method: 'PATCH', path: '/v2/apis/{apiId}/routes/{routeId}' },
  input: z.strictObject({ ...routeMembers, routeId: z.string() }),
  needs: ({ apiId, routeId }, platform) => managing('PATCH', `/apis/${apiId}/routes/${routeId}`, platform),
  run({ operationName, ...rest }, { platform }) {
    existingPart(routes(platform), 'route', rest.apiId, rest.routeId)
    const route: Route = { ...rest, ...(operationName !== undefined && { operationName }) }
    routes(platform).put(partKey(rest.apiId, rest.routeId), route)
    return route
  },
})
