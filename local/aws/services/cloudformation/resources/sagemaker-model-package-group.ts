import * as z from 'zod'
import { tags, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

export default defineResource({
  type: 'AWS::SageMaker::ModelPackageGroup',
  properties: z.strictObject({
    ModelPackageGroupName: text,
    ModelPackageGroupDescription: text.optional(),
    Tags: tags.optional(),
  }),
  replacedBy: ['ModelPackageGroupName', 'ModelPackageGroupDescription'],
  async create(group, { call }) {
    const { ModelPackageGroupArn } = await call<{ ModelPackageGroupArn: string }>(
      'sagemaker',
      'CreateModelPackageGroup',
      group,
    )
    return { physicalId: ModelPackageGroupArn, attributes: { ModelPackageGroupArn } }
  },
  async delete({ properties: { ModelPackageGroupName } }, { call }) {
    await call('sagemaker', 'DeleteModelPackageGroup', { ModelPackageGroupName })
  },
})
