import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { deleteReceived } from './delete-received.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'

export default defineOperation({
  service: 'sqs',
  name: 'DeleteMessage',
  input: z.strictObject({ QueueUrl, ReceiptHandle: z.string() }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'DeleteMessage', url)],
  run: ({ QueueUrl: url, ReceiptHandle }, { platform }) =>
    deleteReceived(platform, queueAt(platform, url), ReceiptHandle),
})
