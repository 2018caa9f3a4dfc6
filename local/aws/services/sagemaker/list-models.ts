import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { models } from './hosting/model.ts'
import { namedListInput, namedPage } from './paging.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListModels',
  input: z.strictObject(namedListInput),
  needs: () => [{ action: 'sagemaker:ListModels', resource: '*' }],
  run: (input, { platform }) => {
    const { items, NextToken } = namedPage(models(platform), input)
    return {
      Models: items.map(({ name, arn, createdAt }) => ({
        ModelName: name,
        ModelArn: arn,
        CreationTime: seconds(createdAt),
      })),
      NextToken,
    }
  },
})
