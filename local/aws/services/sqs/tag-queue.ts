import * as z from 'zod'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { permission, queueAt, queuesOf, QueueUrl, Tags } from './queues.ts'

export default defineSqsOperation({
  name: 'TagQueue',
  input: z.strictObject({ QueueUrl, Tags }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'TagQueue', url)],
  run: ({ QueueUrl: url, Tags: tags }, { platform }) => {
    const queue = queueAt(platform, url)
    queuesOf(platform).put(queue.name, { ...queue, tags: { ...queue.tags, ...tags } })
  },
})
