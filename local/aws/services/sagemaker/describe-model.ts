import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { model } from './hosting/model.ts'
import { arnOf, resourceName } from './names.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DescribeModel',
  input: z.strictObject({ ModelName: resourceName }),
  needs: ({ ModelName }, platform) => [
    { action: 'sagemaker:DescribeModel', resource: arnOf(platform, 'model', ModelName) },
  ],
  run: ({ ModelName }, { platform }) => {
    const { arn, request, createdAt } = model(platform, ModelName)
    return { ...request, ModelArn: arn, CreationTime: seconds(createdAt) }
  },
})
