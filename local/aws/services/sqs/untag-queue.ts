import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { permission, queueAt, queuesOf, QueueUrl } from './queues.ts'

export default defineOperation({
  service: 'sqs',
  name: 'UntagQueue',
  input: z.strictObject({ QueueUrl, TagKeys: z.array(z.string()) }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'UntagQueue', url)],
  run: ({ QueueUrl: url, TagKeys }, { platform }) => {
    const queue = queueAt(platform, url)
    const tags = Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !TagKeys.includes(key)))
    queuesOf(platform).put(queue.name, { ...queue, tags })
  },
})
