import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { modelPackageGroups } from './registry/model-package-group.ts'
import { listInput, pageOf, selected, sorted } from './paging.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListModelPackageGroups',
  input: z.strictObject({ ...listInput, SortBy: z.enum(['Name', 'CreationTime']).default('CreationTime') }),
  needs: () => [{ action: 'sagemaker:ListModelPackageGroups', resource: '*' }],
  run: ({ SortBy, SortOrder = 'Descending', ...input }, { platform }) => {
    const all = modelPackageGroups(platform)
      .list()
      .map(({ value }) => value)
    const by = { Name: 'name', CreationTime: 'createdAt' } as const
    const { items, NextToken } = pageOf(
      sorted(selected(all, input), (item) => item[by[SortBy]], SortOrder),
      input,
    )
    return {
      ModelPackageGroupSummaryList: items.map(({ name, arn, description, createdAt }) => ({
        ModelPackageGroupName: name,
        ModelPackageGroupArn: arn,
        ModelPackageGroupDescription: description,
        CreationTime: seconds(createdAt),
        ModelPackageGroupStatus: 'Completed',
      })),
      NextToken,
    }
  },
})
