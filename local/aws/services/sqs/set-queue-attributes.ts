import * as z from 'zod'
import { checkRedrive } from './check-redrive.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { checkAttributes } from './queue-attributes.ts'
import { isFifo, permission, queueAt, queuesOf, QueueUrl } from './queues.ts'
import { SqsError } from './sqs-error.ts'

export default defineSqsOperation({
  name: 'SetQueueAttributes',
  input: z.strictObject({ QueueUrl, Attributes: z.record(z.string(), z.string()) }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'SetQueueAttributes', url)],
  run: ({ QueueUrl: url, Attributes: attributes }, { platform }) => {
    const queue = queueAt(platform, url)
    checkAttributes(attributes, isFifo(queue))
    if ('FifoQueue' in attributes) throw new SqsError('InvalidAttributeName', 'FifoQueue cannot be changed.')
    const modified = platform.clock.now()
    const changed = { ...queue, modified, attributes: { ...queue.attributes, ...attributes } }
    checkRedrive(platform, changed)
    queuesOf(platform).put(queue.name, changed)
  },
})
