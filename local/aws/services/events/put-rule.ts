import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { checkedPattern } from './checked-pattern.ts'
import { EventBusName, requireDefaultBus } from './event-bus.ts'
import { ruleArn, RuleName, rulesOf } from './rules.ts'
import { checkedSchedule } from './schedule/schedule.ts'
import { schedulesOf } from './schedule/schedules.ts'
import { Tags } from './tags.ts'

const mostRules = 300

export default defineOperation({
  service: 'events',
  name: 'PutRule',
  input: z.strictObject({
    Name: RuleName,
    EventBusName,
    EventPattern: z.string().max(4096).optional(),
    ScheduleExpression: z.string().max(256).optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Description: z.string().max(512).optional(),
    RoleArn: z.string().min(1).max(1600).optional(),
    Tags: Tags.default([]),
  }),
  needs: ({ Name }, platform) => [{ action: 'events:PutRule', resource: ruleArn(platform, Name) }],
  run: ({ EventBusName: bus, ...rule }, { platform }) => {
    requireDefaultBus(platform, bus)
    if (rule.EventPattern === undefined && rule.ScheduleExpression === undefined) {
      const message = 'Parameter(s) EventPattern or ScheduleExpression must be specified.'
      throw new AwsError('ValidationException', message)
    }
    if (rule.EventPattern !== undefined) checkedPattern(rule.EventPattern)
    if (rule.ScheduleExpression !== undefined) checkedSchedule(rule.ScheduleExpression)
    const rules = rulesOf(platform)
    const before = rules.get(rule.Name)
    if (!before && rules.list().length >= mostRules)
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.')
    rules.put(rule.Name, { ...rule, Tags: before?.Tags ?? rule.Tags, changed: platform.clock.now() })
    schedulesOf(platform).changed()
    return { RuleArn: ruleArn(platform, rule.Name) }
  },
})
