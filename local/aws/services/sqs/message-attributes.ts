import { createHash } from 'node:crypto'
import * as z from 'zod'
import { SqsError } from './sqs-error.ts'

const MessageAttribute = z.strictObject({
  DataType: z
    .string()
    .max(256)
    .regex(/^(?:String|Number|Binary)(?:\..+)?$/),
  StringValue: z.string().optional(),
  /** Base64, as on the wire. */
  BinaryValue: z.string().optional(),
})
export const MessageAttributes = z.record(
  z
    .string()
    .max(256)
    .regex(/^[\w.-]+$/),
  MessageAttribute,
)
export type MessageAttributes = z.infer<typeof MessageAttributes>

/** A message has at most ten attributes, and each has the value that its type wants, else InvalidParameterValue. */
export const checkMessageAttributes = (attributes: MessageAttributes): void => {
  const entries = Object.entries(attributes)
  if (entries.length > 10)
    throw new SqsError(
      'InvalidParameterValueException',
      'Number of message attributes [more than 10] exceeds the allowed maximum [10].',
    )
  for (const [name, { DataType, StringValue = '', BinaryValue = '' }] of entries) {
    const binary = DataType.startsWith('Binary')
    if ((binary ? BinaryValue : StringValue) === '' || (binary ? StringValue : BinaryValue) !== '') {
      const message = `The message attribute '${name}' must contain a non-empty value of its type '${DataType}'.`
      throw new SqsError('InvalidParameterValueException', message)
    }
    if (DataType.startsWith('Number') && (StringValue.trim() === '' || Number.isNaN(Number(StringValue)))) {
      const message = `Can't cast the value of message (user) attribute '${name}' to a number.`
      throw new SqsError('InvalidParameterValueException', message)
    }
  }
}

export const bytesOfAttributes = (attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + Buffer.from(BinaryValue, 'base64').length,
    0,
  )

const withLength = (bytes: Buffer) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** The digest that SDKs compare: attributes by name, each part behind its length, 1 for text and 2 for bytes. */
export const md5OfAttributes = (attributes: MessageAttributes): string | undefined => {
  const entries = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return undefined
  const hash = createHash('md5')
  for (const [name, { DataType, StringValue, BinaryValue }] of entries) {
    const binary = DataType.startsWith('Binary')
    hash.update(withLength(Buffer.from(name))).update(withLength(Buffer.from(DataType)))
    hash.update(Buffer.from([binary ? 2 : 1]))
    hash.update(withLength(binary ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue ?? '')))
  }
  return hash.digest('hex')
}

export const md5Of = (text: string): string => createHash('md5').update(text).digest('hex')
