import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { EventBusName, requireDefaultBus } from './event-bus.ts'
import { page, pageInput } from './page.ts'
import { ruleArn, RuleName, ruleOf } from './rules.ts'
import { targetsOf } from './targets.ts'

export default defineOperation({
  service: 'events',
  name: 'ListTargetsByRule',
  input: z.strictObject({ Rule: RuleName, EventBusName, ...pageInput }),
  needs: ({ Rule }, platform) => [{ action: 'events:ListTargetsByRule', resource: ruleArn(platform, Rule) }],
  run: ({ Rule, EventBusName: bus, ...wanted }, { platform }) => {
    requireDefaultBus(platform, bus)
    ruleOf(platform, Rule)
    const { shown, NextToken } = page(targetsOf(platform, Rule), ({ Id }) => Id, wanted)
    return { Targets: shown, NextToken }
  },
})
