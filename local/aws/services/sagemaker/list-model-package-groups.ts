import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { modelPackageGroups } from './registry/model-package-group.ts'
import { namedListInput, namedPage } from './paging.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListModelPackageGroups',
  input: z.strictObject(namedListInput),
  needs: () => [{ action: 'sagemaker:ListModelPackageGroups', resource: '*' }],
  run: (input, { platform }) => {
    const { items, NextToken } = namedPage(modelPackageGroups(platform), input)
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
