import * as z from 'zod'
import { eachEntry } from './batch.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { bytesOf, OutgoingMessage } from './outgoing-message.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'
import { send } from './send.ts'
import { SqsError } from './sqs-error.ts'

const mostBytes = 1_048_576

export default defineSqsOperation({
  name: 'SendMessageBatch',
  input: z.strictObject({ QueueUrl, Entries: z.array(z.strictObject({ Id: z.string(), ...OutgoingMessage })) }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'SendMessage', url)],
  run: ({ QueueUrl: url, Entries }, call) => {
    const { name } = queueAt(call.platform, url)
    const bytes = Entries.reduce((sum, entry) => sum + bytesOf(entry), 0)
    if (bytes > mostBytes) {
      const message = `Batch requests cannot be longer than ${mostBytes} bytes. You have sent ${bytes} bytes.`
      throw new SqsError('BatchRequestTooLong', message)
    }
    return eachEntry(Entries, (entry) => send(name, entry, call))
  },
})
