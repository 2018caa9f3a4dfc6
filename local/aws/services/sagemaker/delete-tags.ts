import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { taggedResource } from './tagged-resource.ts'
import { deleteTags } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DeleteTags',
  input: z.strictObject({ ResourceArn: z.string().max(256), TagKeys: z.array(z.string().max(128)).min(1).max(50) }),
  needs: ({ ResourceArn }) => [{ action: 'sagemaker:DeleteTags', resource: ResourceArn }],
  run: ({ ResourceArn, TagKeys }, { platform }) => {
    deleteTags(platform, taggedResource(platform, ResourceArn), TagKeys)
    return {}
  },
})
