import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { authorizers, existingPart, managing, partKey, routes } from './apis.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'DeleteAuthorizer',
  route: { method: 'DELETE', path: '/v2/apis/{apiId}/authorizers/{authorizerId}' },
  input: z.strictObject({ apiId: z.string(), authorizerId: z.string() }),
  needs: ({ apiId, authorizerId }, platform) =>
    managing('DELETE', `/apis/${apiId}/authorizers/${authorizerId}`, platform),
  run({ apiId, authorizerId }, { platform }) {
    existingPart(authorizers(platform), 'authorizer', apiId, authorizerId)
    const used = routes(platform)
      .list({ prefix: `${apiId}/` })
      .find(({ value }) => value.authorizerId === authorizerId)
    if (used) {
      throw new AwsError(
        'ConflictException',
        `Cannot delete authorizer '${authorizerId}', is referenced in route: ${used.value.routeKey}`,
        { status: 409 },
      )
    }
    authorizers(platform).delete(partKey(apiId, authorizerId))
    return new RawReply(204)
  },
})
