import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { rulesOf } from './rules.ts'
import { taggedRule } from './tagged-rule.ts'

export default defineOperation({
  service: 'events',
  name: 'UntagResource',
  input: z.strictObject({ ResourceARN: z.string().min(1).max(1600), TagKeys: z.array(z.string().min(1).max(128)) }),
  needs: ({ ResourceARN }) => [{ action: 'events:UntagResource', resource: ResourceARN }],
  run: ({ ResourceARN, TagKeys }, { platform }) => {
    const rule = taggedRule(platform, ResourceARN)
    rulesOf(platform).put(rule.Name, { ...rule, Tags: rule.Tags.filter(({ Key }) => !TagKeys.includes(Key)) })
  },
})
