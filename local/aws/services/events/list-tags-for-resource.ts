import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { taggedRule } from './tagged-rule.ts'

export default defineOperation({
  service: 'events',
  name: 'ListTagsForResource',
  input: z.strictObject({ ResourceARN: z.string().min(1).max(1600) }),
  needs: ({ ResourceARN }) => [{ action: 'events:ListTagsForResource', resource: ResourceARN }],
  run: ({ ResourceARN }, { platform }) => ({ Tags: taggedRule(platform, ResourceARN).Tags }),
})
