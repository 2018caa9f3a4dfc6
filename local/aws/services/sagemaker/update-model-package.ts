import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { emitModelPackage, modelPackage, saveModelPackage } from './registry/model-package.ts'
import { approval, customerProperties } from './registry/request.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'UpdateModelPackage',
  input: z.strictObject({
    ModelPackageArn: z.string().min(1).max(2048),
    ModelApprovalStatus: approval.optional(),
    ApprovalDescription: z.string().max(1024).optional(),
    CustomerMetadataProperties: customerProperties.optional(),
    CustomerMetadataPropertiesToRemove: z.array(z.string()).max(100).optional(),
  }),
  needs: ({ ModelPackageArn }) => [{ action: 'sagemaker:UpdateModelPackage', resource: ModelPackageArn }],
  run: (
    {
      ModelPackageArn,
      ModelApprovalStatus,
      ApprovalDescription,
      CustomerMetadataProperties,
      CustomerMetadataPropertiesToRemove = [],
    },
    { platform },
  ) => {
    const known = modelPackage(platform, ModelPackageArn)
    const properties = { ...known.request.CustomerMetadataProperties, ...CustomerMetadataProperties }
    for (const name of CustomerMetadataPropertiesToRemove) delete properties[name]
    const updated = {
      ...known,
      request: {
        ...known.request,
        ModelApprovalStatus: ModelApprovalStatus ?? known.request.ModelApprovalStatus,
        CustomerMetadataProperties: properties,
      },
      approvalDescription: ApprovalDescription ?? known.approvalDescription,
      modifiedAt: platform.clock.now(),
    }
    saveModelPackage(platform, updated)
    emitModelPackage(platform, updated)
    return { ModelPackageArn: known.arn }
  },
})
