import * as z from 'zod'
import { nextArrival } from '../../core/arrivals.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { secondsAsMs } from './queue-attributes.ts'
import { isFifo, permission, queueAt, QueueUrl } from './queues.ts'
import { receiptHandle } from './receipt-handle.ts'
import { receiveAgain, receivedBefore } from './received-before.ts'
import { receivedMessage } from './received-message.ts'
import { SqsError } from './sqs-error.ts'
import { msUntilVisible, takeMessages } from './take-messages.ts'

export default defineSqsOperation({
  name: 'ReceiveMessage',
  input: z.strictObject({
    QueueUrl,
    AttributeNames: z.array(z.string()).default([]),
    MessageSystemAttributeNames: z.array(z.string()).default([]),
    MessageAttributeNames: z.array(z.string()).default([]),
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: z.int().min(0).max(43_200).optional(),
    WaitTimeSeconds: z.int().min(0).max(20).optional(),
    ReceiveRequestAttemptId: z.string().min(1).max(128).optional(),
  }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'ReceiveMessage', url)],
  run: async (input, { platform, signal }) => {
    const { QueueUrl: url, MaxNumberOfMessages: limit, ReceiveRequestAttemptId: attemptId } = input
    const first = queueAt(platform, url)
    if (attemptId !== undefined && !isFifo(first)) {
      const message = 'The parameter ReceiveRequestAttemptId is not valid for this queue type.'
      throw new SqsError('InvalidParameterValueException', message)
    }
    const wanted = {
      system: [...input.AttributeNames, ...input.MessageSystemAttributeNames],
      message: input.MessageAttributeNames,
    }
    const ms = (seconds: number | undefined, attribute: 'VisibilityTimeout' | 'ReceiveMessageWaitTimeSeconds') =>
      seconds === undefined ? secondsAsMs(first, attribute) : seconds * 1000
    const hideMs = ms(input.VisibilityTimeout, 'VisibilityTimeout')
    const deadline = platform.clock.now() + ms(input.WaitTimeSeconds, 'ReceiveMessageWaitTimeSeconds')
    const again = attemptId === undefined ? undefined : receiveAgain(platform, first, { attemptId, hideMs })
    if (again) return { Messages: again.map((message) => receivedMessage(first, message, wanted)) }
    for (;;) {
      signal.throwIfAborted()
      const queue = queueAt(platform, url)
      const taken = takeMessages(platform, queue, { limit, hideMs })
      if (taken.length > 0) {
        const handles = taken.map((message) => receiptHandle(queue, message))
        if (attemptId !== undefined) receivedBefore.remember(platform, queue.name, attemptId, handles)
        return { Messages: taken.map((message) => receivedMessage(queue, message, wanted)) }
      }
      const leftMs = deadline - platform.clock.now()
      if (leftMs <= 0) return {}
      await nextArrival(platform, queue.name, msUntilVisible(platform, queue, leftMs), signal)
    }
  },
})
