import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { authorizers, existingPart, managing, partKey } from './apis.ts'
import { authorizerMembers } from './authorizer-members.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'UpdateAuthorizer',
  route: { method: 'PATCH', path: '/v2/apis/{apiId}/authorizers/{authorizerId}' },
  input: z.strictObject({
    apiId: authorizerMembers.apiId,
    authorizerId: z.string(),
    name: authorizerMembers.name.optional(),
    authorizerType: authorizerMembers.authorizerType.optional(),
    identitySource: authorizerMembers.identitySource.optional(),
    jwtConfiguration: authorizerMembers.jwtConfiguration.optional(),
  }),
  needs: ({ apiId, authorizerId }, platform) =>
    managing('PATCH', `/apis/${apiId}/authorizers/${authorizerId}`, platform),
  run({ apiId, authorizerId, name, identitySource, jwtConfiguration }, { platform }) {
    const before = existingPart(authorizers(platform), 'authorizer', apiId, authorizerId)
    const authorizer = {
      ...before,
      ...(name !== undefined && { name }),
      ...(identitySource && { identitySource }),
      ...(jwtConfiguration && { jwtConfiguration }),
    }
    authorizers(platform).put(partKey(apiId, authorizerId), authorizer)
    return authorizer
  },
})
