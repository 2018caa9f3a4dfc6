import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { existingApi, managing, newId, partKey, routes } from './apis.ts'
import { checkedRoute } from './checked-route.ts'
import { routeMembers } from './route-members.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'CreateRoute',
  route: { method: 'POST', path: '/v2/apis/{apiId}/routes' },
  input: z.strictObject(routeMembers),
  needs: ({ apiId }, platform) => managing('POST', `/apis/${apiId}/routes`, platform),
  run(rest, { platform }) {
    existingApi(platform, rest.apiId)
    const present = routes(platform).list({ prefix: `${rest.apiId}/` })
    if (present.some(({ value }) => value.routeKey === rest.routeKey)) {
      throw new AwsError('ConflictException', `Route with key ${rest.routeKey} already exists for this API`, {
        status: 409,
      })
    }
    const route = checkedRoute(platform, newId(7), rest)
    routes(platform).put(partKey(rest.apiId, route.routeId), route)
    return route
  },
})
