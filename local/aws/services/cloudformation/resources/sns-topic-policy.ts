import * as z from 'zod'
import { documentText, text } from '../property-values.ts'
import type { ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'

const set = async (topics: readonly string[], AttributeValue: string, { call }: ResourceContext) => {
  for (const TopicArn of topics) {
    await call('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue })
  }
}

export default defineResource({
  type: 'AWS::SNS::TopicPolicy',
  properties: z.strictObject({ Topics: z.array(text).min(1), PolicyDocument: documentText }),
  replacedBy: [],
  async create({ Topics, PolicyDocument }, context) {
    await set(Topics, PolicyDocument, context)
    return { physicalId: context.name(100), attributes: {} }
  },
  async update({ Topics, PolicyDocument }, { physicalId, properties: before }, context) {
    await set(Topics, PolicyDocument, context)
    const gone = before.Topics.filter((topic) => !Topics.includes(topic))
    await set(gone, '', context)
    return { physicalId, attributes: {} }
  },
  delete: ({ properties: { Topics } }, context) => set(Topics, '', context),
})
