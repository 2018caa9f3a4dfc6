import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { invalidParameter } from './sns-error.ts'
import { checkSubscriptionAttributes } from './subscription-attributes.ts'
import { shownArn, subscriptions, subscriptionsOf } from './subscriptions.ts'
import type { Subscription } from './subscriptions.ts'
import { existingTopic, needs, topicArnInput } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'Subscribe',
  input: z.strictObject({
    TopicArn: topicArnInput,
    Protocol: z.enum(['sqs', 'lambda', 'email', 'email-json', 'sms'], 'Protocol is not supported'),
    Endpoint: z.string().min(1),
    Attributes: z.record(z.string(), z.string()).default({}),
    ReturnSubscriptionArn: z.boolean().default(false),
  }),
  needs: ({ TopicArn }) => needs('Subscribe', TopicArn),
  run({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn }, { platform }) {
    existingTopic(platform, TopicArn)
    checkSubscriptionAttributes(Attributes)
    if ((Protocol === 'sqs' || Protocol === 'lambda') && !Endpoint.startsWith(`arn:aws:${Protocol}:`)) {
      throw invalidParameter(`${Protocol.toUpperCase()} endpoint ARN`)
    }
    const same = subscriptionsOf(platform, TopicArn).find(
      ({ protocol, endpoint }) => protocol === Protocol && endpoint === Endpoint,
    )
    const subscription: Subscription = same ?? {
      arn: `${TopicArn}:${randomUUID()}`,
      topicArn: TopicArn,
      protocol: Protocol,
      endpoint: Endpoint,
      attributes: Attributes,
    }
    subscriptions(platform).put(subscription.arn, subscription)
    const pending = shownArn(subscription) === 'PendingConfirmation'
    return { SubscriptionArn: pending && !ReturnSubscriptionArn ? 'pending confirmation' : subscription.arn }
  },
})
