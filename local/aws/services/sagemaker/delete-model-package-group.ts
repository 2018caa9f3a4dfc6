import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnOf } from './names.ts'
import { modelPackageGroup, modelPackageGroups } from './registry/model-package-group.ts'
import { modelPackagesOf } from './registry/model-package.ts'
import { forgetTags } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DeleteModelPackageGroup',
  input: z.strictObject({ ModelPackageGroupName: z.string().min(1).max(170) }),
  needs: ({ ModelPackageGroupName: name }, platform) => [
    {
      action: 'sagemaker:DeleteModelPackageGroup',
      resource: arnOf(platform, 'model-package-group', name.slice(name.lastIndexOf('/') + 1)),
    },
  ],
  run: ({ ModelPackageGroupName }, { platform }) => {
    const { name, arn } = modelPackageGroup(platform, ModelPackageGroupName)
    if (modelPackagesOf(platform, name).length > 0) {
      throw new AwsError(
        'ConflictException',
        `Model Package Group ${arn} cannot be deleted: it still has model packages.`,
      )
    }
    modelPackageGroups(platform).delete(name)
    forgetTags(platform, arn)
    return {}
  },
})
