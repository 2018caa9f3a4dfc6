import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { EventBusName, requireDefaultBus } from './event-bus.ts'
import { ruleArn, RuleName, ruleOf, rulesOf } from './rules.ts'
import { schedulesOf } from './schedule/schedules.ts'

/** The operation that puts a rule into a state. */
export const switchRule = (name: 'EnableRule' | 'DisableRule', State: 'ENABLED' | 'DISABLED') =>
  defineOperation({
    service: 'events',
    name,
    input: z.strictObject({ Name: RuleName, EventBusName }),
    needs: ({ Name }, platform) => [{ action: `events:${name}`, resource: ruleArn(platform, Name) }],
    run: ({ Name, EventBusName: bus }, { platform }) => {
      requireDefaultBus(platform, bus)
      rulesOf(platform).put(Name, { ...ruleOf(platform, Name), State, changed: platform.clock.now() })
      schedulesOf(platform).changed()
    },
  })
