import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { taggable } from './machines/taggable.ts'
import { addTags, tagsInput } from './machines/tags.ts'
import { arnInput } from './names.ts'

export default defineOperation({
  service: 'states',
  name: 'TagResource',
  input: z.strictObject({ resourceArn: arnInput, tags: tagsInput }),
  needs: ({ resourceArn }) => [{ action: 'states:TagResource', resource: resourceArn }],
  run: ({ resourceArn, tags }, { platform }) => {
    addTags(platform, taggable(platform, resourceArn), tags)
    return {}
  },
})
