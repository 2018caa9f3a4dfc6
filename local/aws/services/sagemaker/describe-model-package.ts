import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describeModelPackage, modelPackage, modelPackageArn } from './registry/model-package.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DescribeModelPackage',
  input: z.strictObject({ ModelPackageName: z.string().min(1).max(176) }),
  needs: ({ ModelPackageName }, platform) => [
    { action: 'sagemaker:DescribeModelPackage', resource: modelPackageArn(platform, ModelPackageName) },
  ],
  run: ({ ModelPackageName }, { platform }) => describeModelPackage(modelPackage(platform, ModelPackageName)),
})
