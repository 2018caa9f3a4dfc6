import * as z from 'zod'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { OutgoingMessage } from './outgoing-message.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'
import { send } from './send.ts'

export default defineSqsOperation({
  name: 'SendMessage',
  input: z.strictObject({ QueueUrl, ...OutgoingMessage }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'SendMessage', url)],
  run: ({ QueueUrl: url, ...message }, call) => send(queueAt(call.platform, url).name, message, call),
})
