import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import type { BusEvent } from '../../core/service.ts'
import deleteRule from './delete-rule.ts'
import { deliveriesOf } from './delivery/deliveries.ts'
import describeEventBus from './describe-event-bus.ts'
import describeRule from './describe-rule.ts'
import disableRule from './disable-rule.ts'
import enableRule from './enable-rule.ts'
import { eventEnvelope } from './event-envelope.ts'
import listEventBuses from './list-event-buses.ts'
import listRuleNamesByTarget from './list-rule-names-by-target.ts'
import listRules from './list-rules.ts'
import listTagsForResource from './list-tags-for-resource.ts'
import listTargetsByRule from './list-targets-by-rule.ts'
import putEvents from './put-events.ts'
import putRule from './put-rule.ts'
import putTargets from './put-targets.ts'
import removeTargets from './remove-targets.ts'
import { routeEvent } from './route-event.ts'
import { schedulesOf } from './schedule/schedules.ts'
import tagResource from './tag-resource.ts'
import testEventPattern from './test-event-pattern.ts'
import untagResource from './untag-resource.ts'

export const operations: Operation[] = [
  deleteRule,
  describeEventBus,
  describeRule,
  disableRule,
  enableRule,
  listEventBuses,
  listRuleNamesByTarget,
  listRules,
  listTagsForResource,
  listTargetsByRule,
  putEvents,
  putRule,
  putTargets,
  removeTargets,
  tagResource,
  testEventPattern,
  untagResource,
]

/** Takes up the deliveries that an earlier run of the platform left, and the schedules. */
export const start = (platform: Platform): void => {
  deliveriesOf(platform).restore()
  schedulesOf(platform).changed()
}

/** An event of an AWS service. */
export const receive = (event: BusEvent, platform: Platform): void =>
  routeEvent(platform, eventEnvelope(platform, event))
