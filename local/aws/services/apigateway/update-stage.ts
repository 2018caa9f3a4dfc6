import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import type { Stage } from './apis.ts'
import { existingPart, managing, partKey, stages } from './apis.ts'
import { stageMembers } from './stage-members.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'UpdateStage',
  route: { method: 'PATCH', path: '/v2/apis/{apiId}/stages/{stageName}' },
  input: z.strictObject(stageMembers),
  needs: ({ apiId }, platform) => managing('PATCH', `/apis/${apiId}/stages`, platform),
  run({ apiId, stageName, autoDeploy, description, defaultRouteSettings }, { platform }) {
    const { tags } = existingPart(stages(platform), 'stage', apiId, stageName)
    const stage: Stage = {
      apiId,
      stageName,
      autoDeploy,
      ...(description !== undefined && { description }),
      ...(defaultRouteSettings && { defaultRouteSettings }),
      ...(tags && { tags }),
    }
    stages(platform).put(partKey(apiId, stageName), stage)
    return stage
  },
})
