import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnOf } from './names.ts'
import { modelPackageGroup } from './registry/model-package-group.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DescribeModelPackageGroup',
  input: z.strictObject({ ModelPackageGroupName: z.string().min(1).max(170) }),
  needs: ({ ModelPackageGroupName: name }, platform) => [
    {
      action: 'sagemaker:DescribeModelPackageGroup',
      resource: arnOf(platform, 'model-package-group', name.slice(name.lastIndexOf('/') + 1)),
    },
  ],
  run: ({ ModelPackageGroupName }, { platform }) => {
    const group = modelPackageGroup(platform, ModelPackageGroupName)
    return {
      ModelPackageGroupName: group.name,
      ModelPackageGroupArn: group.arn,
      ModelPackageGroupDescription: group.description,
      CreationTime: seconds(group.createdAt),
      CreatedBy: { UserProfileArn: group.createdBy },
      ModelPackageGroupStatus: 'Completed',
    }
  },
})
