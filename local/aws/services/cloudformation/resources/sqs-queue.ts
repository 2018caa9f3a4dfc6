import * as z from 'zod'
import { document, flag, number, tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { retag, tagMap } from './retag.ts'

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

/** What an attribute is again when the template no longer names it; the others are empty then. */
const usual: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: 'false',
  DelaySeconds: '0',
  KmsDataKeyReusePeriodSeconds: '300',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
}

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
      ...(queue.Tags && { tags: tagMap(queue.Tags) }),
    })
    return made(QueueUrl, context)
  },
  async update(queue, { physicalId: QueueUrl, properties: before }, context) {
    const { FifoQueue: _, ...changeable } = queue
    const { FifoQueue: __, ...former } = before
    const gone = Object.keys(attributesOf(former)).filter((name) => !(name in attributesOf(changeable)))
    const Attributes = {
      ...Object.fromEntries(gone.map((name) => [name, usual[name] ?? ''])),
      ...attributesOf(changeable),
    }
    await context.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes })
    await retag(
      { before: before.Tags, after: queue.Tags },
      {
        put: (Tags) => context.call('sqs', 'TagQueue', { QueueUrl, Tags: tagMap(Tags) }),
        remove: (TagKeys) => context.call('sqs', 'UntagQueue', { QueueUrl, TagKeys }),
      },
    )
    return made(QueueUrl, context)
  },
  async delete({ physicalId }, { call }) {
    await call('sqs', 'DeleteQueue', { QueueUrl: physicalId })
  },
})
