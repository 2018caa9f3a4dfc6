import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { nextArrival } from './arrivals.ts'
import { secondsAsMs } from './queue-attributes.ts'
import { permission, queueAt, QueueUrl } from './queues.ts'
import { receivedMessage } from './received-message.ts'
import { msUntilVisible, takeMessages } from './take-messages.ts'

export default defineOperation({
  service: 'sqs',
  name: 'ReceiveMessage',
  input: z.strictObject({
    QueueUrl,
    AttributeNames: z.array(z.string()).default([]),
    MessageSystemAttributeNames: z.array(z.string()).default([]),
    MessageAttributeNames: z.array(z.string()).default([]),
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: z.int().min(0).max(43_200).optional(),
    WaitTimeSeconds: z.int().min(0).max(20).optional(),
  }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'ReceiveMessage', url)],
  run: async ({ QueueUrl: url, MaxNumberOfMessages: limit, ...input }, { platform, signal }) => {
    const { VisibilityTimeout: hideSeconds, WaitTimeSeconds: waitSeconds } = input
    const wanted = {
      system: [...input.AttributeNames, ...input.MessageSystemAttributeNames],
      message: input.MessageAttributeNames,
    }
    const waitMs =
      waitSeconds === undefined
        ? secondsAsMs(queueAt(platform, url), 'ReceiveMessageWaitTimeSeconds')
        : waitSeconds * 1000
    const deadline = platform.clock.now() + waitMs
    for (;;) {
      signal.throwIfAborted()
      const queue = queueAt(platform, url)
      const hideMs = hideSeconds === undefined ? secondsAsMs(queue, 'VisibilityTimeout') : hideSeconds * 1000
      const taken = takeMessages(platform, queue, { limit, hideMs })
      if (taken.length > 0) return { Messages: taken.map((message) => receivedMessage(queue, message, wanted)) }
      const leftMs = deadline - platform.clock.now()
      if (leftMs <= 0) return {}
      await nextArrival(platform, queue.name, msUntilVisible(platform, queue, leftMs), signal)
    }
  },
})
