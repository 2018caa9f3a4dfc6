import type { Principal } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { compilePattern } from '../events/pattern/compile-pattern.ts'
import type { Message } from './message.ts'
import { notification } from './message.ts'
import type { Subscription } from './subscriptions.ts'

const tries = 3
const retryMs = 20_000

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const attributeValue = ({ DataType, StringValue = '' }: Message['attributes'][string]): unknown => {
  if (DataType === 'String.Array') return parsed(StringValue)
  return DataType.startsWith('Number') ? Number(StringValue) : StringValue
}

/** Whether the subscription's filter lets a message through. */
const wanted = (
  { attributes: { FilterPolicy, FilterPolicyScope }, protocol }: Subscription,
  message: Message,
): boolean => {
  if (!FilterPolicy) return true
  const matches = compilePattern(JSON.parse(FilterPolicy))
  if (FilterPolicyScope === 'MessageBody') return matches(parsed(message.textFor(protocol)))
  const values = Object.entries(message.attributes).map(([name, value]) => [name, attributeValue(value)])
  return matches(Object.fromEntries(values))
}

const send = async (platform: Platform, subscription: Subscription, message: Message): Promise<void> => {
  const { protocol, endpoint, topicArn, arn } = subscription
  const sns: Principal = { kind: 'service', arn: 'sns.amazonaws.com', sourceArn: topicArn }
  if (protocol === 'lambda') {
    const { SigningCertURL, UnsubscribeURL, ...told } = notification(message, protocol)
    const Sns = {
      Subject: null,
      MessageAttributes: {},
      ...told,
      SigningCertUrl: SigningCertURL,
      UnsubscribeUrl: UnsubscribeURL,
    }
    const event = { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: arn, Sns }] }
    const request = { FunctionName: endpoint, InvocationType: 'Event', Payload: JSON.stringify(event) }
    await platform.call('lambda', 'Invoke', request, sns)
    return
  }
  const [, , , , account, queue] = endpoint.split(':')
  const raw = subscription.attributes['RawMessageDelivery'] === 'true'
  await platform.call(
    'sqs',
    'SendMessage',
    {
      QueueUrl: `${platform.url}/${account}/${queue}`,
      MessageBody: raw ? message.textFor(protocol) : JSON.stringify(notification(message, protocol)),
      ...(raw && { MessageAttributes: message.attributes }),
    },
    sns,
  )
}

/** Tells a subscriber of a message, after the publisher has been answered; a refusal is tried again. */
export const deliver = async (platform: Platform, subscription: Subscription, message: Message): Promise<void> => {
  const { clock } = platform
  if ((subscription.protocol !== 'sqs' && subscription.protocol !== 'lambda') || !wanted(subscription, message)) return
  for (let left = tries; left > 0; left -= 1) {
    try {
      await send(platform, subscription, message)
      return
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      if (left > 1) await clock.sleep(clock.pace(retryMs))
      else platform.log('sns', 'a message was lost', { subscription: subscription.arn, cause })
    }
  }
}
