import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { authorizers, existingApi, managing, newId, partKey } from './apis.ts'
import { authorizerMembers } from './authorizer-members.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'CreateAuthorizer',
  route: { method: 'POST', path: '/v2/apis/{apiId}/authorizers' },
  input: z.strictObject(authorizerMembers),
  needs: ({ apiId }, platform) => managing('POST', `/apis/${apiId}/authorizers`, platform),
  run(members, { platform }) {
    existingApi(platform, members.apiId)
    const authorizer = { ...members, authorizerId: newId(6) }
    authorizers(platform).put(partKey(members.apiId, authorizer.authorizerId), authorizer)
    return authorizer
  },
})
