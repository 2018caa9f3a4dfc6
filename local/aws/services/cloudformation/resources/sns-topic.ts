import * as z from 'zod'
import { tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { retag } from './retag.ts'

const subscription = z.strictObject({ Protocol: text, Endpoint: text })
const properties = z.strictObject({
  TopicName: text.optional(),
  DisplayName: text.optional(),
  KmsMasterKeyId: text.optional(),
  Subscription: z.array(subscription).optional(),
  Tags: tags.optional(),
})
type Properties = z.infer<typeof properties>

const attributes = ({ DisplayName, KmsMasterKeyId }: Properties) => ({
  ...(DisplayName !== undefined && { DisplayName }),
  ...(KmsMasterKeyId !== undefined && { KmsMasterKeyId }),
})

const made = (arn: string): Made => ({
  physicalId: arn,
  attributes: { TopicArn: arn, TopicName: arn.split(':').at(-1) ?? '' },
})

/** Ends the subscriptions that the template no longer names. */
const unsubscribe = async (TopicArn: string, before: Properties, after: Properties, { call }: ResourceContext) => {
  const isOf = ({ Subscription = [] }: Properties, { Protocol, Endpoint }: z.infer<typeof subscription>) =>
    Subscription.some((each) => each.Protocol === Protocol && each.Endpoint === Endpoint)
  const { Subscriptions } = await call<{
    Subscriptions: readonly (z.infer<typeof subscription> & { readonly SubscriptionArn: string })[]
  }>('sns', 'ListSubscriptionsByTopic', { TopicArn })
  for (const { SubscriptionArn, ...each } of Subscriptions) {
    const confirmed = SubscriptionArn.startsWith('arn:')
    if (confirmed && isOf(before, each) && !isOf(after, each)) await call('sns', 'Unsubscribe', { SubscriptionArn })
  }
}

const subscribe = async (TopicArn: string, { Subscription = [] }: Properties, { call }: ResourceContext) => {
  for (const each of Subscription) await call('sns', 'Subscribe', { TopicArn, ...each })
}

export default defineResource({
  type: 'AWS::SNS::Topic',
  properties,
  replacedBy: ['TopicName'],
  async create(topic, context) {
    const { TopicArn } = await context.call<{ TopicArn: string }>('sns', 'CreateTopic', {
      Name: topic.TopicName ?? context.name(256),
      Attributes: attributes(topic),
      ...(topic.Tags && { Tags: topic.Tags }),
    })
    await subscribe(TopicArn, topic, context)
    return made(TopicArn)
  },
  async update(topic, { physicalId: TopicArn, properties: before }, context) {
    const all = {
      DisplayName: '',
      ...(before.KmsMasterKeyId !== undefined && { KmsMasterKeyId: '' }),
      ...attributes(topic),
    }
    for (const [AttributeName, AttributeValue] of Object.entries(all)) {
      await context.call('sns', 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue })
    }
    await unsubscribe(TopicArn, before, topic, context)
    await subscribe(TopicArn, topic, context)
    await retag(
      { before: before.Tags, after: topic.Tags },
      {
        put: (Tags) => context.call('sns', 'TagResource', { ResourceArn: TopicArn, Tags }),
        remove: (TagKeys) => context.call('sns', 'UntagResource', { ResourceArn: TopicArn, TagKeys }),
      },
    )
    return made(TopicArn)
  },
  async delete({ physicalId }, { call }) {
    await call('sns', 'DeleteTopic', { TopicArn: physicalId })
  },
})
