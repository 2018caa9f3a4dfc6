import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { pageInput, pageOf } from './paging.ts'
import { taggedResource } from './tagged-resource.ts'
import { tagsOf } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListTags',
  input: z.strictObject({ ResourceArn: z.string().max(256), ...pageInput }),
  needs: ({ ResourceArn }) => [{ action: 'sagemaker:ListTags', resource: ResourceArn }],
  run: ({ ResourceArn, ...page }, { platform }) => {
    const { items, NextToken } = pageOf(tagsOf(platform, taggedResource(platform, ResourceArn)), page)
    return { Tags: items, NextToken }
  },
})
