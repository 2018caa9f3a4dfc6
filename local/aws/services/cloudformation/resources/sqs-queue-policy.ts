import * as z from 'zod'
import { documentText, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

export default defineResource({
  type: 'AWS::SQS::QueuePolicy',
  properties: z.strictObject({ Queues: z.array(text).min(1), PolicyDocument: documentText }),
  replacedBy: [],
  async create({ Queues, PolicyDocument }, { call, name }) {
    for (const QueueUrl of Queues) {
      await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: PolicyDocument } })
    }
    return { physicalId: name(100), attributes: {} }
  },
  async update({ Queues, PolicyDocument }, { physicalId, properties: before }, { call }) {
    for (const QueueUrl of Queues) {
      await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: PolicyDocument } })
    }
    for (const QueueUrl of before.Queues.filter((url) => !Queues.includes(url))) {
      await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } })
    }
    return { physicalId, attributes: {} }
  },
  async delete({ properties: { Queues } }, { call }) {
    for (const QueueUrl of Queues) await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } })
  },
})
