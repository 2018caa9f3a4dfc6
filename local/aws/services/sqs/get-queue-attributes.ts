import * as z from 'zod'
import { countsOf } from './counts.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { attributesOf, settable } from './queue-attributes.ts'
import { permission, queueArn, queueAt, QueueUrl } from './queues.ts'
import { SqsError } from './sqs-error.ts'

const computed = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
]
const known = new Set(['All', ...computed, ...Object.keys(settable)])
const seconds = (ms: number) => String(Math.floor(ms / 1000))

export default defineSqsOperation({
  name: 'GetQueueAttributes',
  input: z.strictObject({ QueueUrl, AttributeNames: z.array(z.string()).default([]) }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'GetQueueAttributes', url)],
  run: ({ QueueUrl: url, AttributeNames: names }, { platform }) => {
    const unknown = names.find((name) => !known.has(name))
    if (unknown !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`)
    const queue = queueAt(platform, url)
    const counts = countsOf(platform, queue)
    const all = {
      QueueArn: queueArn(platform, queue.name),
      ApproximateNumberOfMessages: String(counts.visible),
      ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
      ApproximateNumberOfMessagesDelayed: String(counts.delayed),
      CreatedTimestamp: seconds(queue.created),
      LastModifiedTimestamp: seconds(queue.modified),
      ...attributesOf(queue),
    }
    const wanted = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name))
    return { Attributes: wanted.length > 0 ? Object.fromEntries(wanted) : undefined }
  },
})
