import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { deleteModelPackage, modelPackage, modelPackageArn } from './registry/model-package.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DeleteModelPackage',
  input: z.strictObject({ ModelPackageName: z.string().min(1).max(176) }),
  needs: ({ ModelPackageName }, platform) => [
    { action: 'sagemaker:DeleteModelPackage', resource: modelPackageArn(platform, ModelPackageName) },
  ],
  run: ({ ModelPackageName }, { platform }) => {
    deleteModelPackage(platform, modelPackage(platform, ModelPackageName))
    return {}
  },
})
