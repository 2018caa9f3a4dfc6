import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import { notFound } from './sns-error.ts'

/** Who is told of a topic's messages. A receiver outside of AWS would have to confirm, and so is never told. */
export interface Subscription {
  readonly arn: string
  readonly topicArn: string
  readonly protocol: 'sqs' | 'lambda' | 'email' | 'email-json' | 'sms'
  readonly endpoint: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Keys are ARNs, which begin with their topic's. */
export const subscriptions = ({ store }: Pick<Platform, 'store'>): Table<Subscription> =>
  store.table('sns.subscriptions')

export const subscriptionsOf = (platform: Platform, topicArn: string): Subscription[] =>
  subscriptions(platform)
    .list({ prefix: `${topicArn}:` })
    .map(({ value }) => value)

export const existingSubscription = (platform: Platform, arn: string): Subscription => {
  const found = subscriptions(platform).get(arn)
  if (!found) throw notFound('Subscription')
  return found
}

export const isConfirmed = ({ protocol }: Subscription): boolean => protocol === 'sqs' || protocol === 'lambda'

export const shownArn = (subscription: Subscription): string =>
  isConfirmed(subscription) ? subscription.arn : 'PendingConfirmation'

export const describedSubscription = ({ account }: Platform, subscription: Subscription) => ({
  SubscriptionArn: shownArn(subscription),
  Owner: account,
  Protocol: subscription.protocol,
  Endpoint: subscription.endpoint,
  TopicArn: subscription.topicArn,
})
