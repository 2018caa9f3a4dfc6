import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import type { Integration } from './apis.ts'
import { existingPart, integrations, managing, partKey } from './apis.ts'
import { integrationMembers, longestTimeoutMs } from './integration-members.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'UpdateIntegration',
  route: { method: 'PATCH', path: '/v2/apis/{apiId}/integrations/{integrationId}' },
  input: z.strictObject({ ...integrationMembers, integrationId: z.string() }),
  needs: ({ apiId, integrationId }, platform) =>
    managing('PATCH', `/apis/${apiId}/integrations/${integrationId}`, platform),
  run({ timeoutInMillis = longestTimeoutMs, description, ...rest }, { platform }) {
    existingPart(integrations(platform), 'integration', rest.apiId, rest.integrationId)
    const integration: Integration = { ...rest, timeoutInMillis, ...(description !== undefined && { description }) }
    integrations(platform).put(partKey(rest.apiId, rest.integrationId), integration)
    return integration
  },
})
