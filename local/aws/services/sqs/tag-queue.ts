import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { permission, queueAt, queuesOf, QueueUrl, Tags } from './queues.ts'

export default defineOperation({
  service: 'sqs',
  name: 'TagQueue',
  input: z.strictObject({ QueueUrl, Tags }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'TagQueue', url)],
  run: ({ QueueUrl: url, Tags: tags }, { platform }) => {
    const queue = queueAt(platform, url)
    queuesOf(platform).put(queue.name, { ...queue, tags: { ...queue.tags, ...tags } })
  },
})
