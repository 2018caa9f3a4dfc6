import * as z from 'zod'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { existingPart, integrations, managing, partKey } from './apis.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'DeleteIntegration',
  route: { method: 'DELETE', path: '/v2/apis/{apiId}/integrations/{integrationId}' },
  input: z.strictObject({ apiId: z.string(), integrationId: z.string() }),
  needs: ({ apiId, integrationId }, platform) =>
    managing('DELETE', `/apis/${apiId}/integrations/${integrationId}`, platform),
  run({ apiId, integrationId }, { platform }) {
    existingPart(integrations(platform), 'integration', apiId, integrationId)
    integrations(platform).delete(partKey(apiId, integrationId))
    return new RawReply(204)
  },
})
