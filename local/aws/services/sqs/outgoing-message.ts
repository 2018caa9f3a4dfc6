import { createHash } from 'node:crypto'
import * as z from 'zod'
import { bytesOfAttributes, checkMessageAttributes, MessageAttributes } from './message-attributes.ts'
import { attributesOf, secondsAsMs } from './queue-attributes.ts'
import type { QueueRecord } from './queues.ts'
import { isFifo } from './queues.ts'
import { missingParameter, SqsError } from './sqs-error.ts'

const token = z.string().regex(/^[\w!"#$%&'()*+,./:;<=>?@[\\\]^`{|}~-]{1,128}$/)

/** What SendMessage and the entries of SendMessageBatch have in common. */
export const OutgoingMessage = {
  MessageBody: z.string(),
  DelaySeconds: z.int().optional(),
  MessageAttributes: MessageAttributes.default({}),
  MessageSystemAttributes: z.strictObject({ AWSTraceHeader: MessageAttributes.valueType.optional() }).default({}),
  MessageDeduplicationId: token.optional(),
  MessageGroupId: token.optional(),
}
const shape = z.object(OutgoingMessage)
export type OutgoingMessage = z.infer<typeof shape>

const invalid = (message: string) => new SqsError('InvalidParameterValueException', message)

// oxlint-disable-next-line no-control-regex -- these are the characters that SQS refuses
const refused = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u

/** What of a message counts towards the largest size. */
export const bytesOf = ({ MessageBody, MessageAttributes: attributes }: OutgoingMessage): number =>
  Buffer.byteLength(MessageBody) + bytesOfAttributes(attributes)

/** Refuses a message that SQS would not take. */
export const checkOutgoing = (queue: QueueRecord, message: OutgoingMessage): void => {
  const { MessageBody, DelaySeconds, MessageAttributes: attributes } = message
  if (MessageBody === '') throw missingParameter('MessageBody')
  if (refused.test(MessageBody))
    throw new SqsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    )
  checkMessageAttributes(attributes)
  const mostBytes = Number(attributesOf(queue)['MaximumMessageSize'])
  if (bytesOf(message) > mostBytes)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${mostBytes} bytes.`)
  const mostDelaySeconds = isFifo(queue) ? 0 : 900
  if (DelaySeconds !== undefined && (DelaySeconds < 0 || DelaySeconds > mostDelaySeconds)) {
    const reason = `It must be between 0 and ${mostDelaySeconds} for this queue type.`
    throw invalid(`Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: ${reason}`)
  }
  if (isFifo(queue) && message.MessageGroupId === undefined) throw missingParameter('MessageGroupId')
  if (!isFifo(queue) && message.MessageDeduplicationId !== undefined)
    throw invalid('The request include parameter MessageDeduplicationId that is not valid for this queue type.')
}

/** When the message can be received first, in ms from now. */
export const delayOf = (queue: QueueRecord, { DelaySeconds }: OutgoingMessage): number =>
  DelaySeconds === undefined ? secondsAsMs(queue, 'DelaySeconds') : DelaySeconds * 1000

/** By what a FIFO queue knows the message again; undefined in another queue. */
export const deduplicationIdOf = (queue: QueueRecord, message: OutgoingMessage): string | undefined => {
  if (!isFifo(queue)) return undefined
  if (message.MessageDeduplicationId !== undefined) return message.MessageDeduplicationId
  if (attributesOf(queue)['ContentBasedDeduplication'] === 'true')
    return createHash('sha256').update(message.MessageBody).digest('hex')
  throw invalid(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.',
  )
}
