import { AddPermissionCommand, CreateFunctionCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { capableRole, temporaryPlatform } from '../../core/testing.ts'
import { until } from '../../core/until.ts'
import * as lambda from '../lambda/index.ts'
import * as sqs from '../sqs/index.ts'
import * as sns from './index.ts'

let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let topics: SNSClient
let queues: SQSClient
beforeAll(async () => {
  platform = await temporaryPlatform({ services: [sqs, lambda, sns], pace: 1000 })
  topics = new SNSClient(platform.client)
  queues = new SQSClient(platform.client)
})
afterAll(() => platform.end())

const topic = async (Name: string) => (await topics.send(new CreateTopicCommand({ Name }))).TopicArn ?? ''
const letIn = (TopicArn: string, QueueName: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: `arn:aws:sqs:us-east-1:000000000000:${QueueName}`,
        Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
      },
    ],
  })
const subscribed = async (TopicArn: string, QueueName: string, Attributes: Record<string, string> = {}) => {
  const Policy = letIn(TopicArn, QueueName)
  const { QueueUrl = '' } = await queues.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }))
  const Endpoint = `arn:aws:sqs:us-east-1:000000000000:${QueueName}`
  const made = await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }))
  const received = async () => {
    const request = { QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] }
    return (await queues.send(new ReceiveMessageCommand(request))).Messages?.[0]
  }
  return { received, SubscriptionArn: made.SubscriptionArn ?? '' }
}

test('a topic is kept, changed, listed and removed', async () => {
  const TopicArn = await topic('kept')
  expect(TopicArn).toBe('arn:aws:sns:us-east-1:000000000000:kept')
  expect(await topic('kept')).toBe(TopicArn)
  await topics.send(
    new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'Kept & shown' }),
  )
  await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ada@example.com' }))
  const { Attributes } = await topics.send(new GetTopicAttributesCommand({ TopicArn }))
  expect(Attributes).toMatchObject({
    DisplayName: 'Kept & shown',
    SubscriptionsConfirmed: '0',
    SubscriptionsPending: '1',
  })
  const { Subscriptions } = await topics.send(new ListSubscriptionsByTopicCommand({ TopicArn }))
  expect(Subscriptions).toMatchObject([{ SubscriptionArn: 'PendingConfirmation', Protocol: 'email' }])
  expect((await topics.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }])
  await topics.send(new DeleteTopicCommand({ TopicArn }))
  await expect(topics.send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Topic does not exist',
  })
})

test('a message reaches queues, in its envelope or bare, and a function', async () => {
  const TopicArn = await topic('news')
  const wrapped = await subscribed(TopicArn, 'wrapped')
  const bare = await subscribed(TopicArn, 'bare', { RawMessageDelivery: 'true' })
  const functions = new LambdaClient(platform.client)
  const seen = join(platform.stateDir, 'seen.json')
  const FunctionName = 'reader'
  const source = `exports.handler = async (event) => require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(event))`
  await functions.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: capableRole(platform.platform, 'work', 'lambda.amazonaws.com'),
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Code: { ZipFile: zipSync({ 'index.js': strToU8(source) }) },
    }),
  )
  const permission = { StatementId: 'sns', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' }
  await functions.send(new AddPermissionCommand({ FunctionName, ...permission, SourceArn: TopicArn }))
  const { Configuration } = await functions.send(new GetFunctionCommand({ FunctionName }))
  const Endpoint = Configuration?.FunctionArn
  const { SubscriptionArn } = await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint }))

  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'new' } }
  const Message = JSON.stringify({ default: 'hello', lambda: 'hello, function' })
  const { MessageId } = await topics.send(
    new PublishCommand({ TopicArn, Message, MessageStructure: 'json', Subject: 'Hi', MessageAttributes }),
  )
  expect(JSON.parse((await wrapped.received())?.Body ?? '')).toMatchObject({
    Type: 'Notification',
    MessageId,
    TopicArn,
    Subject: 'Hi',
    Message: 'hello',
    MessageAttributes: { kind: { Type: 'String', Value: 'new' } },
  })
  expect(await bare.received()).toMatchObject({ Body: 'hello', MessageAttributes })
  await until(() => existsSync(seen), Boolean)
  expect(JSON.parse(readFileSync(seen, 'utf8'))).toMatchObject({
    Records: [
      {
        EventSource: 'aws:sns',
        EventSubscriptionArn: SubscriptionArn,
        Sns: { Message: 'hello, function', Subject: 'Hi', MessageId },
      },
    ],
  })
})

test('a filter lets through what it matches', async () => {
  const TopicArn = await topic('filtered')
  const { received, SubscriptionArn } = await subscribed(TopicArn, 'some', { FilterPolicy: '{"kind":["wanted"]}' })
  const publish = (Message: string, StringValue: string) => {
    const MessageAttributes = { kind: { DataType: 'String', StringValue } }
    return topics.send(new PublishCommand({ TopicArn, Message, MessageAttributes }))
  }
  await publish('no', 'other')
  await publish('yes', 'wanted')
  expect(JSON.parse((await received())?.Body ?? '')).toMatchObject({ Message: 'yes' })
  const change = (AttributeName: string, AttributeValue: string) =>
    topics.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }))
  await expect(change('FilterPolicy', '{"kind":"wanted"}')).rejects.toMatchObject({ name: 'InvalidParameterException' })
  await change('FilterPolicyScope', 'MessageBody')
  await publish('{"kind":"other"}', 'wanted')
  await publish('{"kind":"wanted"}', 'other')
  expect(JSON.parse((await received())?.Body ?? '')).toMatchObject({ Message: '{"kind":"wanted"}' })
  await topics.send(new UnsubscribeCommand({ SubscriptionArn }))
  expect((await topics.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual([])
})
