import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import type { BusEvent } from '../../core/service.ts'
import deleteRule from './delete-rule.ts'
import { deliveriesOf } from './delivery/deliveries.ts'
import describeRule from './describe-rule.ts'
import disableRule from './disable-rule.ts'
import enableRule from './enable-rule.ts'
import { eventEnvelope } from './event-envelope.ts'
import putRule from './put-rule.ts'
import putTargets from './put-targets.ts'
import removeTargets from './remove-targets.ts'
import { routeEvent } from './route-event.ts'
import { schedulesOf } from './schedule/schedules.ts'

export const operations: Operation[] = [
  putRule,
  describeRule,
  deleteRule,
  enableRule,
  disableRule,
  putTargets,
  removeTargets,
]

export const start = (platform: Platform): void => {
  deliveriesOf(platform).restore()
  schedulesOf(platform).changed()
}

export const receive = (event: BusEvent, platform: Platform): void =>
  routeEvent(platform, eventEnvelope(platform, event))
