import type { Platform } from '../../core/platform.ts'
import { checkedPattern } from './checked-pattern.ts'
import { deliveriesOf } from './delivery/deliveries.ts'
import type { EventEnvelope } from './event-envelope.ts'
import { rulesOf } from './rules.ts'

/** Sends an event to the targets of every enabled rule that it matches. */
export const routeEvent = (platform: Platform, event: EventEnvelope): void => {
  for (const { value: rule } of rulesOf(platform).list()) {
    if (rule.State === 'DISABLED' || rule.EventPattern === undefined) continue
    if (checkedPattern(rule.EventPattern)(event)) deliveriesOf(platform).accept(rule.Name, event)
  }
}
