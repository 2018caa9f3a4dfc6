import { DeliveryFailure } from './delivery-failure.ts'
import type { Delivery } from './delivery.ts'
import { atPath } from './event-path.ts'
import { fillTemplate } from './fill-template.ts'

/** The text that a target gets: the event, a part of it, a constant, or a filled template. Throws DeliveryFailure. */
export const payloadOf = ({ event, rule, target, accepted }: Delivery): string => {
  const { Input, InputPath, InputTransformer } = target
  if (Input !== undefined) return Input
  if (InputTransformer) {
    const { InputPathsMap, InputTemplate } = InputTransformer
    const chosen = Object.entries(InputPathsMap).map(([name, path]) => [name, atPath(event, path)] as const)
    return fillTemplate(InputTemplate, {
      ...Object.fromEntries(chosen),
      'aws.events.rule-arn': rule.Arn,
      'aws.events.rule-name': rule.Name,
      'aws.events.event.ingestion-time': new Date(accepted).toISOString(),
      'aws.events.event': { ...event, detail: undefined },
      'aws.events.event.json': event,
    })
  }
  const value = InputPath === undefined ? event : atPath(event, InputPath)
  if (value === undefined) throw new DeliveryFailure('INVALID_PARAMETER', `The event has nothing at ${InputPath}`)
  return JSON.stringify(value)
}
