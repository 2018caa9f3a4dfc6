import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import type { Stage } from './apis.ts'
import { existingApi, managing, partKey, stages } from './apis.ts'
import { stageMembers } from './stage-members.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'CreateStage',
  route: { method: 'POST', path: '/v2/apis/{apiId}/stages' },
  input: z.strictObject(stageMembers),
  needs: ({ apiId }, platform) => managing('POST', `/apis/${apiId}/stages`, platform),
  run({ apiId, stageName, autoDeploy, description, defaultRouteSettings }, { platform }) {
    existingApi(platform, apiId)
    const stage: Stage = {
      apiId,
      stageName,
      autoDeploy,
      ...(description !== undefined && { description }),
      ...(defaultRouteSettings && { defaultRouteSettings }),
    }
    stages(platform).put(partKey(apiId, stageName), stage)
    return stage
  },
})
