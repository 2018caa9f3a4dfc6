import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedRule } from './described-rule.ts'
import { EventBusName, requireDefaultBus } from './event-bus.ts'
import { page, pageInput } from './page.ts'
import { ruleArn, RuleName, rulesOf } from './rules.ts'

export default defineOperation({
  service: 'events',
  name: 'ListRules',
  input: z.strictObject({ NamePrefix: RuleName.optional(), EventBusName, ...pageInput }),
  needs: (_, platform) => [{ action: 'events:ListRules', resource: ruleArn(platform, '*') }],
  run: ({ NamePrefix: prefix = '', EventBusName: bus, ...wanted }, { platform }) => {
    requireDefaultBus(platform, bus)
    const rules = rulesOf(platform).list({ prefix })
    const { shown, NextToken } = page(rules, ({ key }) => key, wanted)
    return { Rules: shown.map(({ value }) => describedRule(platform, value)), NextToken }
  },
})
