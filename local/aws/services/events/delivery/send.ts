import type { Platform } from '../../../core/platform.ts'
import { DeliveryFailure } from './delivery-failure.ts'
import type { Delivery } from './delivery.ts'
import { payloadOf } from './payload.ts'
import { targetKind } from './target-kind.ts'
import { toFunction } from './to-function.ts'
import { toLogGroup } from './to-log-group.ts'
import { toQueue } from './to-queue.ts'
import { toStateMachine } from './to-state-machine.ts'
import { toStream } from './to-stream.ts'
import { toTopic } from './to-topic.ts'

/** One try to hand an event to its target. Rejects with what the target's service threw, or a DeliveryFailure. */
export const send = async (platform: Platform, delivery: Delivery): Promise<void> => {
  const { target, rule } = delivery
  const payload = payloadOf(delivery)
  switch (targetKind(target.Arn)) {
    case 'function':
      return toFunction(platform, payload, delivery)
    case 'queue':
      return toQueue(
        platform,
        { MessageBody: payload, MessageGroupId: target.SqsParameters?.MessageGroupId },
        { queueArn: target.Arn, ruleArn: rule.Arn, roleArn: target.RoleArn },
      )
    case 'topic':
      return toTopic(platform, payload, delivery)
    case 'stream':
      return toStream(platform, payload, delivery)
    case 'state machine':
      return toStateMachine(platform, payload, delivery)
    case 'log group':
      return toLogGroup(platform, payload, delivery)
    case undefined:
      throw new DeliveryFailure('INVALID_PARAMETER', `${target.Arn} is no target`)
  }
}
