import * as z from 'zod'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'

export default defineSqsOperation({
  name: 'ListQueueTags',
  input: z.strictObject({ QueueUrl }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'ListQueueTags', url)],
  run: ({ QueueUrl: url }, { platform }) => ({ Tags: queueAt(platform, url).tags }),
})
