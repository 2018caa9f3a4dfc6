import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { checkSubscriptionAttributes } from './subscription-attributes.ts'
import { existingSubscription, subscriptions } from './subscriptions.ts'
import { needs } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'SetSubscriptionAttributes',
  input: z.strictObject({
    SubscriptionArn: z.string(),
    AttributeName: z.string(),
    AttributeValue: z.string().default(''),
  }),
  needs: ({ SubscriptionArn }) => needs('SetSubscriptionAttributes', SubscriptionArn.split(':').slice(0, 6).join(':')),
  run({ SubscriptionArn, AttributeName, AttributeValue }, { platform }) {
    const subscription = existingSubscription(platform, SubscriptionArn)
    checkSubscriptionAttributes({ [AttributeName]: AttributeValue })
    const attributes = { ...subscription.attributes, [AttributeName]: AttributeValue }
    subscriptions(platform).put(SubscriptionArn, { ...subscription, attributes })
    return {}
  },
})
