import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { subscriptions, subscriptionsOf } from './subscriptions.ts'
import { nameIn, needs, topicArnInput, topics } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'DeleteTopic',
  input: z.strictObject({ TopicArn: topicArnInput }),
  needs: ({ TopicArn }) => needs('DeleteTopic', TopicArn),
  run({ TopicArn }, { platform }) {
    for (const { arn } of subscriptionsOf(platform, TopicArn)) subscriptions(platform).delete(arn)
    topics(platform.store).delete(nameIn(TopicArn))
    return {}
  },
})
