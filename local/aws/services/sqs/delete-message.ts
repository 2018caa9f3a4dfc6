import * as z from 'zod'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { deleteReceived } from './delete-received.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'

export default defineSqsOperation({
  name: 'DeleteMessage',
  input: z.strictObject({ QueueUrl, ReceiptHandle: z.string() }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'DeleteMessage', url)],
  run: ({ QueueUrl: url, ReceiptHandle }, { platform }) =>
    deleteReceived(platform, queueAt(platform, url), ReceiptHandle),
})
