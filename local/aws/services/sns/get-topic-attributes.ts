import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { isConfirmed, subscriptionsOf } from './subscriptions.ts'
import { existingTopic, needs, topicArnInput } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'GetTopicAttributes',
  input: z.strictObject({ TopicArn: topicArnInput }),
  needs: ({ TopicArn }) => needs('GetTopicAttributes', TopicArn),
  run({ TopicArn }, { platform }) {
    const topic = existingTopic(platform, TopicArn)
    const all = subscriptionsOf(platform, TopicArn)
    const confirmed = all.filter(isConfirmed).length
    const attributes = {
      TopicArn,
      Owner: platform.account,
      DisplayName: '',
      SubscriptionsConfirmed: String(confirmed),
      SubscriptionsPending: String(all.length - confirmed),
      SubscriptionsDeleted: '0',
      ...topic.attributes,
    }
    return { Attributes: { entry: Object.entries(attributes).map(([key, value]) => ({ key, value })) } }
  },
})
