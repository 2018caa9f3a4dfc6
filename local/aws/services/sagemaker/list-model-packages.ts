import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnOf } from './names.ts'
import { listInput, pageOf, selected, sorted } from './paging.ts'
import { modelPackageGroup } from './registry/model-package-group.ts'
import { modelPackagesOf } from './registry/model-package.ts'
import { approval } from './registry/request.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListModelPackages',
  input: z.strictObject({
    ...listInput,
    ModelPackageGroupName: z.string().min(1).max(170),
    ModelApprovalStatus: approval.optional(),
    ModelPackageType: z.literal('Versioned').optional(),
    SortBy: z.enum(['Name', 'CreationTime']).default('CreationTime'),
  }),
  needs: ({ ModelPackageGroupName: name }, platform) => [
    {
      action: 'sagemaker:ListModelPackages',
      resource: arnOf(platform, 'model-package-group', name.slice(name.lastIndexOf('/') + 1)),
    },
  ],
  run: ({ ModelPackageGroupName, ModelApprovalStatus, SortBy, SortOrder = 'Ascending', ...input }, { platform }) => {
    const { name } = modelPackageGroup(platform, ModelPackageGroupName)
    const found = modelPackagesOf(platform, name)
      .filter(({ request }) => ModelApprovalStatus === undefined || request.ModelApprovalStatus === ModelApprovalStatus)
      .map((known) => ({ ...known, name: `${known.group}/${String(known.version).padStart(10, '0')}` }))
    const by = { Name: 'name', CreationTime: 'createdAt' } as const
    const { items, NextToken } = pageOf(
      sorted(selected(found, input), (item) => item[by[SortBy]], SortOrder),
      input,
    )
    return {
      ModelPackageSummaryList: items.map(({ arn, group, version, request, createdAt }) => ({
        ModelPackageArn: arn,
        ModelPackageGroupName: group,
        ModelPackageVersion: version,
        ModelPackageDescription: request.ModelPackageDescription,
        ModelPackageStatus: 'Completed',
        ModelApprovalStatus: request.ModelApprovalStatus,
        CreationTime: seconds(createdAt),
      })),
      NextToken,
    }
  },
})
