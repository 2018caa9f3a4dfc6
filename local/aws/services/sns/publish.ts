import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { deliver } from './deliver.ts'
import { messageAttributesInput } from './message.ts'
import { invalidParameter } from './sns-error.ts'
import { subscriptionsOf } from './subscriptions.ts'
import { existingTopic, needs, topicArnInput } from './topics.ts'

const mostBytes = 262_144
const structured = z.looseObject({ default: z.string() })

const textsOf = (message: string) => {
  try {
    return structured.parse(JSON.parse(message))
  } catch {
    throw invalidParameter('Message Structure - No default entry in JSON message body')
  }
}

export default defineOperation({
  service: 'sns',
  name: 'Publish',
  input: z.strictObject({
    TopicArn: topicArnInput.optional(),
    TargetArn: topicArnInput.optional(),
    Message: z.string().min(1),
    Subject: z.string().min(1).max(100).optional(),
    MessageStructure: z.literal('json').optional(),
    MessageAttributes: messageAttributesInput,
  }),
  needs: ({ TopicArn, TargetArn = '*' }) => needs('Publish', TopicArn ?? TargetArn),
  run({ TopicArn, TargetArn, Message, Subject, MessageStructure, MessageAttributes }, { platform }) {
    const arn = TopicArn ?? TargetArn
    if (arn === undefined) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter')
    existingTopic(platform, arn)
    if (Buffer.byteLength(Message) > mostBytes)
      throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long')
    const texts = MessageStructure === undefined ? undefined : textsOf(Message)
    const message = {
      id: randomUUID(),
      topicArn: arn,
      subject: Subject,
      attributes: MessageAttributes,
      textFor: (protocol: string) => {
        const own = texts?.[protocol]
        return typeof own === 'string' ? own : (texts?.default ?? Message)
      },
      timestamp: new Date(platform.clock.now()).toISOString(),
    }
    for (const subscription of subscriptionsOf(platform, arn)) void deliver(platform, subscription, message)
    return { MessageId: message.id }
  },
})
