import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { taggedResource } from './tagged-resource.ts'
import { addTags, tagList } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'AddTags',
  input: z.strictObject({ ResourceArn: z.string().max(256), Tags: tagList }),
  needs: ({ ResourceArn }) => [{ action: 'sagemaker:AddTags', resource: ResourceArn }],
  run: ({ ResourceArn, Tags }, { platform }) => ({
    Tags: addTags(platform, taggedResource(platform, ResourceArn), Tags),
  }),
})
