import * as z from 'zod'
import { document, flag, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

const properties = z.strictObject({
  TopicArn: text,
  Protocol: text,
  Endpoint: text,
  RawMessageDelivery: flag.optional(),
  FilterPolicy: document.optional(),
  FilterPolicyScope: text.optional(),
})

export default defineResource({
  type: 'AWS::SNS::Subscription',
  properties,
  replacedBy: ['TopicArn', 'Protocol', 'Endpoint', 'RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope'],
  async create({ TopicArn, Protocol, Endpoint, RawMessageDelivery, FilterPolicy, FilterPolicyScope }, { call }) {
    const { SubscriptionArn } = await call<{ SubscriptionArn: string }>('sns', 'Subscribe', {
      TopicArn,
      Protocol,
      Endpoint,
      ReturnSubscriptionArn: true,
      Attributes: {
        ...(RawMessageDelivery !== undefined && { RawMessageDelivery: String(RawMessageDelivery) }),
        ...(FilterPolicy && { FilterPolicy: JSON.stringify(FilterPolicy) }),
        ...(FilterPolicyScope !== undefined && { FilterPolicyScope }),
      },
    })
    return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } }
  },
  async delete({ physicalId }, { call }) {
    await call('sns', 'Unsubscribe', { SubscriptionArn: physicalId })
  },
})
