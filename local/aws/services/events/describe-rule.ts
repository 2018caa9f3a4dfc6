import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedRule } from './described-rule.ts'
import { EventBusName, requireDefaultBus } from './event-bus.ts'
import { ruleArn, RuleName, ruleOf } from './rules.ts'

export default defineOperation({
  service: 'events',
  name: 'DescribeRule',
  input: z.strictObject({ Name: RuleName, EventBusName }),
  needs: ({ Name }, platform) => [{ action: 'events:DescribeRule', resource: ruleArn(platform, Name) }],
  run: ({ Name, EventBusName: bus }, { platform }) => {
    requireDefaultBus(platform, bus)
    return { ...describedRule(platform, ruleOf(platform, Name)), CreatedBy: platform.account }
  },
})
