import type { Platform } from '../../core/platform.ts'
import { roleSession } from '../../core/signing/account-keys.ts'
import type { FunctionConfiguration } from './functions.ts'

/** What a function's destination is told. */
export interface Told {
  readonly text: string
  /** Message attributes, for queues and topics. */
  readonly attributes?: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>
  /** How EventBridge calls it. */
  readonly detailType?: string
}

const callOf = ({ url }: Platform, functionArn: string, arn: string, told: Told) => {
  const [, , service, , account, name] = arn.split(':')
  const MessageAttributes = told.attributes ?? {}
  switch (service) {
    case 'sns':
      return { service, operation: 'Publish', input: { TopicArn: arn, Message: told.text, MessageAttributes } }
    case 'lambda': {
      const input = { FunctionName: arn, InvocationType: 'Event', Payload: told.text }
      return { service, operation: 'Invoke', input }
    }
    case 'events': {
      const entry = { Source: 'lambda', DetailType: told.detailType, Detail: told.text, Resources: [arn, functionArn] }
      return { service, operation: 'PutEvents', input: { Entries: [{ ...entry, EventBusName: arn }] } }
    }
    default: {
      const QueueUrl = `${url}/${account}/${name}`
      return {
        service: 'sqs',
        operation: 'SendMessage',
        input: { QueueUrl, MessageBody: told.text, MessageAttributes },
      }
    }
  }
}

/** Tells a queue, a topic, a function or a bus, as the function's role; what it refuses is lost, and the log says so. */
export const sendTo = async (platform: Platform, fn: FunctionConfiguration, arn: string, told: Told): Promise<void> => {
  const { service, operation, input } = callOf(platform, fn.FunctionArn, arn, told)
  try {
    await platform.call(service, operation, input, roleSession(fn.Role, fn.FunctionName))
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    const { FunctionName: name } = fn
    platform.log('lambda', 'event lost: its destination refused it', { function: name, destination: arn, cause })
  }
}
