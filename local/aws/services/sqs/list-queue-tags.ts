import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'

export default defineOperation({
  service: 'sqs',
  name: 'ListQueueTags',
  input: z.strictObject({ QueueUrl }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'ListQueueTags', url)],
  run: ({ QueueUrl: url }, { platform }) => ({ Tags: queueAt(platform, url).tags }),
})
