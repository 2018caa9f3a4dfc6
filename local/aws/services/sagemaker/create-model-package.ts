import { defineOperation } from '../../core/operation.ts'
import { imageOf } from './container/images.ts'
import { arnOf } from './names.ts'
import { modelPackageGroup, modelPackageGroups } from './registry/model-package-group.ts'
import { emitModelPackage, modelPackagesOf, saveModelPackage } from './registry/model-package.ts'
import { modelPackageRequest } from './registry/request.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateModelPackage',
  input: modelPackageRequest,
  needs: ({ ModelPackageGroupName }, platform) => {
    const name = ModelPackageGroupName.slice(ModelPackageGroupName.lastIndexOf('/') + 1)
    return [
      { action: 'sagemaker:CreateModelPackage', resource: arnOf(platform, 'model-package-group', name) },
      { action: 'sagemaker:CreateModelPackage', resource: arnOf(platform, 'model-package', `${name}/*`) },
    ]
  },
  run: (request, { platform, principal }) => {
    const group = modelPackageGroup(platform, request.ModelPackageGroupName)
    for (const { Image } of request.InferenceSpecification?.Containers ?? []) imageOf(Image)
    const repeated = modelPackagesOf(platform, group.name).find(
      (known) => known.request.ClientToken !== undefined && known.request.ClientToken === request.ClientToken,
    )
    if (repeated) return { ModelPackageArn: repeated.arn }
    const version = group.lastVersion + 1
    const now = platform.clock.now()
    const created = {
      arn: arnOf(platform, 'model-package', `${group.name}/${version}`),
      group: group.name,
      version,
      request: { ...request, ModelPackageGroupName: group.name },
      createdAt: now,
      modifiedAt: now,
      createdBy: principal.arn,
    }
    platform.store.transaction(() => {
      modelPackageGroups(platform).put(group.name, { ...group, lastVersion: version })
      saveModelPackage(platform, created)
    })
    emitModelPackage(platform, created)
    return { ModelPackageArn: created.arn }
  },
})
