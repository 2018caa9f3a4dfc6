import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { EventBusName, requireDefaultBus } from './event-bus.ts'
import { ruleArn, RuleName, rulesOf } from './rules.ts'
import { schedulesOf } from './schedule/schedules.ts'
import { targetsOf } from './targets.ts'

/** A rule that does not exist is deleted already. */
export default defineOperation({
  service: 'events',
  name: 'DeleteRule',
  input: z.strictObject({ Name: RuleName, EventBusName, Force: z.boolean().optional() }),
  needs: ({ Name }, platform) => [{ action: 'events:DeleteRule', resource: ruleArn(platform, Name) }],
  run: ({ Name, EventBusName: bus }, { platform }) => {
    requireDefaultBus(platform, bus)
    if (targetsOf(platform, Name).length > 0)
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.")
    rulesOf(platform).delete(Name)
    schedulesOf(platform).changed()
  },
})
