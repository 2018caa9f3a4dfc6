import * as z from 'zod'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { existingPart, managing, partKey, stages } from './apis.ts'

export default defineOperation({
  service: 'apigateway',
  name: 'DeleteStage',
  route: { method: 'DELETE', path: '/v2/apis/{apiId}/stages/{stageName}' },
  input: z.strictObject({ apiId: z.string(), stageName: z.string() }),
  needs: ({ apiId, stageName }, platform) => managing('DELETE', `/apis/${apiId}/stages/${stageName}`, platform),
  run({ apiId, stageName }, { platform }) {
    existingPart(stages(platform), 'stage', apiId, stageName)
    stages(platform).delete(partKey(apiId, stageName))
    return new RawReply(204)
  },
})
