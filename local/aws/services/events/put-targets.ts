import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { passRole } from '../../core/policy/pass-role.ts'
import { EventBusName, requireDefaultBus } from './event-bus.ts'
import { ruleArn, RuleName, ruleOf } from './rules.ts'
import { targetProblem } from './target-problem.ts'
import { putTarget, targetInput, targetsOf } from './targets.ts'

const mostTargets = 5

export default defineOperation({
  service: 'events',
  name: 'PutTargets',
  input: z.strictObject({ Rule: RuleName, EventBusName, Targets: z.array(targetInput).min(1).max(100) }),
  needs: ({ Rule, Targets }, platform) => [
    { action: 'events:PutTargets', resource: ruleArn(platform, Rule) },
    ...Targets.flatMap(({ RoleArn }) => (RoleArn === undefined ? [] : passRole(RoleArn, 'events.amazonaws.com'))),
  ],
  run: ({ Rule, EventBusName: bus, Targets }, { platform }) => {
    requireDefaultBus(platform, bus)
    ruleOf(platform, Rule)
    const ids = new Set([...targetsOf(platform, Rule), ...Targets].map(({ Id }) => Id))
    if (ids.size > mostTargets)
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.')
    const FailedEntries = Targets.flatMap((target) => {
      const ErrorMessage = targetProblem(target)
      return ErrorMessage === undefined ? [] : { TargetId: target.Id, ErrorCode: 'ValidationException', ErrorMessage }
    })
    const failed = new Set(FailedEntries.map(({ TargetId }) => TargetId))
    for (const target of Targets) if (!failed.has(target.Id)) putTarget(platform, Rule, target)
    return { FailedEntryCount: FailedEntries.length, FailedEntries }
  },
})
