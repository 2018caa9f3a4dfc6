import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { subscriptions } from './subscriptions.ts'
import { needs } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'Unsubscribe',
  input: z.strictObject({ SubscriptionArn: z.string().startsWith('arn:aws:sns:') }),
  needs: ({ SubscriptionArn }) => needs('Unsubscribe', SubscriptionArn.split(':').slice(0, 6).join(':')),
  run({ SubscriptionArn }, { platform }) {
    subscriptions(platform).delete(SubscriptionArn)
    return {}
  },
})
