import * as z from 'zod'
import { eachEntry } from './batch.ts'
import { changeVisibility } from './change-visibility.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'

export default defineSqsOperation({
  name: 'ChangeMessageVisibilityBatch',
  input: z.strictObject({
    QueueUrl,
    Entries: z.array(
      z.strictObject({ Id: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: z.int().default(0) }),
    ),
  }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'ChangeMessageVisibility', url)],
  run: ({ QueueUrl: url, Entries }, { platform }) => {
    const queue = queueAt(platform, url)
    return eachEntry(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
      changeVisibility(platform, queue, ReceiptHandle, VisibilityTimeout)
      return {}
    })
  },
})
