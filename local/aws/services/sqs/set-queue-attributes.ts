import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { checkAttributes } from './queue-attributes.ts'
import { isFifo, permission, queueAt, queuesOf, QueueUrl } from './queues.ts'
import { SqsError } from './sqs-error.ts'

export default defineOperation({
  service: 'sqs',
  name: 'SetQueueAttributes',
  input: z.strictObject({ QueueUrl, Attributes: z.record(z.string(), z.string()) }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'SetQueueAttributes', url)],
  run: ({ QueueUrl: url, Attributes: attributes }, { platform }) => {
    const queue = queueAt(platform, url)
    checkAttributes(attributes, isFifo(queue))
    if ('FifoQueue' in attributes) throw new SqsError('InvalidAttributeName', 'FifoQueue cannot be changed.')
    const modified = platform.clock.now()
    queuesOf(platform).put(queue.name, { ...queue, modified, attributes: { ...queue.attributes, ...attributes } })
  },
})
