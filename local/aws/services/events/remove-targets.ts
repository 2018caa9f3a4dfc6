import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { EventBusName, requireDefaultBus } from './event-bus.ts'
import { ruleArn, RuleName, ruleOf } from './rules.ts'
import { removeTarget, TargetId } from './targets.ts'

export default defineOperation({
  service: 'events',
  name: 'RemoveTargets',
  input: z.strictObject({
    Rule: RuleName,
    EventBusName,
    Ids: z.array(TargetId).min(1).max(100),
    Force: z.boolean().optional(),
  }),
  needs: ({ Rule }, platform) => [{ action: 'events:RemoveTargets', resource: ruleArn(platform, Rule) }],
  run: ({ Rule, EventBusName: bus, Ids }, { platform }) => {
    requireDefaultBus(platform, bus)
    ruleOf(platform, Rule)
    const FailedEntries = Ids.filter((id) => !removeTarget(platform, Rule, id)).map((TargetId) => ({
      TargetId,
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Target ${TargetId} does not exist on rule ${Rule}.`,
    }))
    return { FailedEntryCount: FailedEntries.length, FailedEntries }
  },
})
