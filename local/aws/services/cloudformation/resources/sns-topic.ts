import * as z from 'zod'
import { tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'

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
  async update(topic, { physicalId: TopicArn }, context) {
    for (const [AttributeName, AttributeValue] of Object.entries({ DisplayName: '', ...attributes(topic) })) {
      await context.call('sns', 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue })
    }
    await subscribe(TopicArn, topic, context)
    return made(TopicArn)
  },
  async delete({ physicalId }, { call }) {
    await call('sns', 'DeleteTopic', { TopicArn: physicalId })
  },
})
