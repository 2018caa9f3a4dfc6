import * as z from 'zod'

export const messageAttributesInput = z
  .record(
    z.string(),
    z.strictObject({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() }),
  )
  .default({})

/** A published message. */
export interface Message {
  readonly id: string
  readonly topicArn: string
  readonly subject: string | undefined
  readonly attributes: z.infer<typeof messageAttributesInput>
  /** The text for a protocol. */
  readonly textFor: (protocol: string) => string
  /** ISO 8601. */
  readonly timestamp: string
}

/** The message as it is told: SNS signs it, this platform does not. */
export const notification = ({ id, topicArn, subject, attributes, textFor, timestamp }: Message, protocol: string) => ({
  Type: 'Notification',
  MessageId: id,
  TopicArn: topicArn,
  ...(subject !== undefined && { Subject: subject }),
  Message: textFor(protocol),
  Timestamp: timestamp,
  SignatureVersion: '1',
  Signature: '',
  SigningCertURL: '',
  UnsubscribeURL: '',
  ...(Object.keys(attributes).length > 0 && {
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        { Type: DataType, Value: StringValue ?? BinaryValue ?? '' },
      ]),
    ),
  }),
})
