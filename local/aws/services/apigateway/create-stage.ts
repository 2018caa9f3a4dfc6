import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import type { Stage } from './apis.ts'
import { existingApi, managing, partKey, stages } from './apis.ts'
import { stageMembers } from './stage-members.ts'
import { tagMembers } from './tags.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'CreateStage',
  route: { method: 'POST', path: '/v2/apis/{apiId}/stages' },
  input: z.strictObject({ ...stageMembers, tags: tagMembers.optional() }),
  needs: ({ apiId }, platform) => managing('POST', `/apis/${apiId}/stages`, platform),
  run({ apiId, stageName, autoDeploy, description, defaultRouteSettings, tags }, { platform }) {
    existingApi(platform, apiId)
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
