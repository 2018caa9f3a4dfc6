import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnOf } from './names.ts'
import { modelPackageGroups } from './registry/model-package-group.ts'
import { modelPackageGroupRequest } from './registry/request.ts'
import { addTags, taggingPermission } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateModelPackageGroup',
  input: modelPackageGroupRequest,
  needs: ({ ModelPackageGroupName, Tags }, platform) => {
    const arn = arnOf(platform, 'model-package-group', ModelPackageGroupName)
    return [{ action: 'sagemaker:CreateModelPackageGroup', resource: arn }, ...taggingPermission(arn, Tags)]
  },
  run: ({ ModelPackageGroupName: name, ModelPackageGroupDescription: description, Tags }, { platform, principal }) => {
    const arn = arnOf(platform, 'model-package-group', name)
    if (modelPackageGroups(platform).get(name)) {
      throw new AwsError('ValidationException', `Model Package Group already exists: ${arn}`)
    }
    const createdAt = platform.clock.now()
    modelPackageGroups(platform).put(name, {
      name,
      arn,
      description,
      createdAt,
      createdBy: principal.arn,
      lastVersion: 0,
    })
    addTags(platform, arn, Tags)
    return { ModelPackageGroupArn: arn }
  },
})
