import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { models } from './hosting/model.ts'
import { listInput, pageOf, selected, sorted } from './paging.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListModels',
  input: z.strictObject({ ...listInput, SortBy: z.enum(['Name', 'CreationTime']).default('CreationTime') }),
  needs: () => [{ action: 'sagemaker:ListModels', resource: '*' }],
  run: ({ SortBy, SortOrder = 'Descending', ...input }, { platform }) => {
    const all = models(platform)
      .list()
      .map(({ value }) => value)
    const by = { Name: 'name', CreationTime: 'createdAt' } as const
    const { items, NextToken } = pageOf(
      sorted(selected(all, input), (item) => item[by[SortBy]], SortOrder),
      input,
    )
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
