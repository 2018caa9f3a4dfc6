import * as z from 'zod'
import { document, flag, number, tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'

const properties = z.strictObject({
  QueueName: text.optional(),
  FifoQueue: flag.optional(),
  ContentBasedDeduplication: flag.optional(),
  DelaySeconds: number.optional(),
  MaximumMessageSize: number.optional(),
  MessageRetentionPeriod: number.optional(),
  ReceiveMessageWaitTimeSeconds: number.optional(),
  VisibilityTimeout: number.optional(),
  SqsManagedSseEnabled: flag.optional(),
  KmsMasterKeyId: text.optional(),
  KmsDataKeyReusePeriodSeconds: number.optional(),
  RedrivePolicy: document.optional(),
  RedriveAllowPolicy: document.optional(),
  Tags: tags.optional(),
})

type Properties = z.infer<typeof properties>

/** SQS has every attribute as text. */
const attributesOf = (queue: Properties): Record<string, string> =>
  Object.fromEntries(
    Object.entries(queue)
      .filter(([name, value]) => value !== undefined && name !== 'QueueName' && name !== 'Tags')
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  )

const made = (QueueUrl: string, { platform: { region, account } }: ResourceContext): Made => {
  const QueueName = QueueUrl.split('/').at(-1) ?? ''
  return {
    physicalId: QueueUrl,
    attributes: { Arn: `arn:aws:sqs:${region}:${account}:${QueueName}`, QueueName, QueueUrl },
  }
}

export default defineResource({
  type: 'AWS::SQS::Queue',
  properties,
  replacedBy: ['QueueName', 'FifoQueue'],
  async create(queue, context) {
    const { QueueUrl } = await context.call<{ QueueUrl: string }>('sqs', 'CreateQueue', {
      QueueName: queue.QueueName ?? `${context.name(75)}${queue.FifoQueue ? '.fifo' : ''}`,
      Attributes: attributesOf(queue),
      ...(queue.Tags && { tags: Object.fromEntries(queue.Tags.map(({ Key, Value }) => [Key, Value])) }),
    })
    return made(QueueUrl, context)
  },
  async update(queue, { physicalId }, context) {
    const { FifoQueue: _, ...changeable } = queue
    await context.call('sqs', 'SetQueueAttributes', { QueueUrl: physicalId, Attributes: attributesOf(changeable) })
    return made(physicalId, context)
  },
  async delete({ physicalId }, { call }) {
    await call('sqs', 'DeleteQueue', { QueueUrl: physicalId })
  },
})
