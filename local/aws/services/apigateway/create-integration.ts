import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import type { Integration } from './apis.ts'
import { existingApi, integrations, managing, newId, partKey } from './apis.ts'
import { integrationMembers, longestTimeoutMs } from './integration-members.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'CreateIntegration',
  route: { method: 'POST', path: '/v2/apis/{apiId}/integrations' },
  input: z.strictObject(integrationMembers),
  needs: ({ apiId }, platform) => managing('POST', `/apis/${apiId}/integrations`, platform),
  run({ timeoutInMillis = longestTimeoutMs, description, ...rest }, { platform }) {
    existingApi(platform, rest.apiId)
    const integration: Integration = {
      ...rest,
      integrationId: newId(7),
      timeoutInMillis,
      ...(description !== undefined && { description }),
    }
    integrations(platform).put(partKey(rest.apiId, integration.integrationId), integration)
    return integration
  },
})
