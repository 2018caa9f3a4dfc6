import * as z from 'zod'
import { changeVisibility } from './change-visibility.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'

export default defineSqsOperation({
  name: 'ChangeMessageVisibility',
  input: z.strictObject({ QueueUrl, ReceiptHandle: z.string(), VisibilityTimeout: z.int() }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'ChangeMessageVisibility', url)],
  run: ({ QueueUrl: url, ReceiptHandle, VisibilityTimeout }, { platform }) =>
    changeVisibility(platform, queueAt(platform, url), ReceiptHandle, VisibilityTimeout),
})
