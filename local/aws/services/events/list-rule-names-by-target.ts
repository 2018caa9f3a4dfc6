import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { EventBusName, requireDefaultBus } from './event-bus.ts'
import { page, pageInput } from './page.ts'
import { ruleArn } from './rules.ts'
import { rulesWithTarget } from './targets.ts'

export default defineOperation({
  service: 'events',
  name: 'ListRuleNamesByTarget',
  input: z.strictObject({ TargetArn: z.string().min(1).max(1600), EventBusName, ...pageInput }),
  needs: (_, platform) => [{ action: 'events:ListRuleNamesByTarget', resource: ruleArn(platform, '*') }],
  run: ({ TargetArn, EventBusName: bus, ...wanted }, { platform }) => {
    requireDefaultBus(platform, bus)
    const { shown, NextToken } = page(rulesWithTarget(platform, TargetArn), (name) => name, wanted)
    return { RuleNames: shown, NextToken }
  },
})
