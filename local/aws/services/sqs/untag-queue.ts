import * as z from 'zod'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { permission, queueAt, queuesOf, QueueUrl } from './queues.ts'

export default defineSqsOperation({
  name: 'UntagQueue',
  input: z.strictObject({ QueueUrl, TagKeys: z.array(z.string()) }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'UntagQueue', url)],
  run: ({ QueueUrl: url, TagKeys }, { platform }) => {
    const queue = queueAt(platform, url)
    const tags = Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !TagKeys.includes(key)))
    queuesOf(platform).put(queue.name, { ...queue, tags })
  },
})
