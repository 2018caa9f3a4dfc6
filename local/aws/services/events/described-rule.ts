import type { Platform } from '../../core/platform.ts'
import { ruleArn } from './rules.ts'
import type { RuleRecord } from './rules.ts'

/** A rule as DescribeRule and ListRules show it. */
export const describedRule = (
  platform: Platform,
  { Name, EventPattern, ScheduleExpression, State, Description, RoleArn }: RuleRecord,
) => ({
  Name,
  Arn: ruleArn(platform, Name),
  EventPattern,
  ScheduleExpression,
  State,
  Description,
  RoleArn,
  EventBusName: 'default',
})
