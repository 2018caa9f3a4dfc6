import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { taggable } from './machines/taggable.ts'
import { removeTags } from './machines/tags.ts'
import { arnInput } from './names.ts'

export default defineOperation({
  service: 'states',
  name: 'UntagResource',
  input: z.strictObject({ resourceArn: arnInput, tagKeys: z.array(z.string().min(1).max(128)) }),
  needs: ({ resourceArn }) => [{ action: 'states:UntagResource', resource: resourceArn }],
  run: ({ resourceArn, tagKeys }, { platform }) => {
    removeTags(platform, taggable(platform, resourceArn), tagKeys)
    return {}
  },
})
