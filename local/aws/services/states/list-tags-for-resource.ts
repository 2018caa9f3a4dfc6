import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { taggable } from './machines/taggable.ts'
import { tagsOf } from './machines/tags.ts'
import { arnInput } from './names.ts'

export default defineOperation({
  service: 'states',
  name: 'ListTagsForResource',
  input: z.strictObject({ resourceArn: arnInput }),
  needs: ({ resourceArn }) => [{ action: 'states:ListTagsForResource', resource: resourceArn }],
  run: ({ resourceArn }, { platform }) => ({ tags: tagsOf(platform, taggable(platform, resourceArn)) }),
})
