import * as z from 'zod'
import { eachEntry } from './batch.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { deleteReceived } from './delete-received.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'

export default defineSqsOperation({
  name: 'DeleteMessageBatch',
  input: z.strictObject({
    QueueUrl,
    Entries: z.array(z.strictObject({ Id: z.string(), ReceiptHandle: z.string() })),
  }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'DeleteMessage', url)],
  run: ({ QueueUrl: url, Entries }, { platform }) => {
    const queue = queueAt(platform, url)
    return eachEntry(Entries, ({ ReceiptHandle }) => {
      deleteReceived(platform, queue, ReceiptHandle)
      return {}
    })
  },
})
