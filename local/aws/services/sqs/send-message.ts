import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { OutgoingMessage } from './outgoing-message.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'
import { send } from './send.ts'

export default defineOperation({
  service: 'sqs',
  name: 'SendMessage',
  input: z.strictObject({ QueueUrl, ...OutgoingMessage }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'SendMessage', url)],
  run: ({ QueueUrl: url, ...message }, call) => send(queueAt(call.platform, url).name, message, call),
})
