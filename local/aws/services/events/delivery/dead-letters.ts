import type { Platform } from '../../../core/platform.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveryFailure } from './delivery-failure.ts'
import { toQueue } from './to-queue.ts'

const longestMessage = 1024

/** Sends an event that could not be delivered to the target's dead-letter queue; without one, or refused by it, it is lost. */
export const toDeadLetters = async (
  platform: Platform,
  { rule, target, event, failures }: Delivery,
  { failure, exhausted }: { failure: DeliveryFailure; exhausted: string | undefined },
): Promise<void> => {
  const lost = { level: 'warn', rule: rule.Name, target: target.Arn, code: failure.code, cause: failure.message }
  const queueArn = target.DeadLetterConfig?.Arn
  if (queueArn === undefined) return platform.log('events', 'an event was not delivered', lost)
  const attributes = {
    RULE_ARN: rule.Arn,
    TARGET_ARN: target.Arn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message.slice(0, longestMessage) || failure.code,
    RETRY_ATTEMPTS: String(failures),
    ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
  }
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  )
  try {
    const message = { MessageBody: JSON.stringify(event), MessageAttributes }
    await toQueue(platform, message, { queueArn, ruleArn: rule.Arn })
  } catch (error) {
    const refused = error instanceof Error ? error.message : String(error)
    platform.log('events', 'an event was not delivered, nor taken by its dead-letter queue', { ...lost, refused })
  }
}
