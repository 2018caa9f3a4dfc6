import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { rulesOf } from './rules.ts'
import { taggedRule } from './tagged-rule.ts'
import { mostTags, Tags } from './tags.ts'

export default defineOperation({
  service: 'events',
  name: 'TagResource',
  input: z.strictObject({ ResourceARN: z.string().min(1).max(1600), Tags }),
  needs: ({ ResourceARN }) => [{ action: 'events:TagResource', resource: ResourceARN }],
  run: ({ ResourceARN, Tags: added }, { platform }) => {
    const rule = taggedRule(platform, ResourceARN)
    const keys = new Set(added.map(({ Key }) => Key))
    const all = [...rule.Tags.filter(({ Key }) => !keys.has(Key)), ...added]
    if (all.length > mostTags) throw new AwsError('LimitExceededException', `A rule can have ${mostTags} tags at most.`)
    rulesOf(platform).put(rule.Name, { ...rule, Tags: all })
  },
})
