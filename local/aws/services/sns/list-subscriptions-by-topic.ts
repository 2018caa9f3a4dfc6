import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedSubscription, subscriptionsOf } from './subscriptions.ts'
import { existingTopic, needs, topicArnInput } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'ListSubscriptionsByTopic',
  input: z.strictObject({ TopicArn: topicArnInput, NextToken: z.string().optional() }),
  needs: ({ TopicArn }) => needs('ListSubscriptionsByTopic', TopicArn),
  run({ TopicArn }, { platform }) {
    existingTopic(platform, TopicArn)
    return {
      Subscriptions: subscriptionsOf(platform, TopicArn).map((each) => describedSubscription(platform, each)),
    }
  },
})
