import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { model, models } from './hosting/model.ts'
import { arnOf, resourceName } from './names.ts'
import { forgetTags } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DeleteModel',
  input: z.strictObject({ ModelName: resourceName }),
  needs: ({ ModelName }, platform) => [
    { action: 'sagemaker:DeleteModel', resource: arnOf(platform, 'model', ModelName) },
  ],
  run: ({ ModelName }, { platform }) => {
    const { arn } = model(platform, ModelName)
    models(platform).delete(ModelName)
    forgetTags(platform, arn)
    return {}
  },
})
