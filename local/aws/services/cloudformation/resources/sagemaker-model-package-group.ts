import * as z from 'zod'
import { tags, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'
import { retag } from './retag.ts'

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
  async update({ Tags }, { physicalId: ResourceArn, attributes, properties: before }, { call }) {
    await retag(
      { before: before.Tags, after: Tags },
      {
        put: (added) => call('sagemaker', 'AddTags', { ResourceArn, Tags: added }),
        remove: (TagKeys) => call('sagemaker', 'DeleteTags', { ResourceArn, TagKeys }),
      },
    )
    return { physicalId: ResourceArn, attributes }
  },
  async delete({ properties: { ModelPackageGroupName } }, { call }) {
    await call('sagemaker', 'DeleteModelPackageGroup', { ModelPackageGroupName })
  },
})
