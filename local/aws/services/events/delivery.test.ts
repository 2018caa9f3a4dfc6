import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import type { Target } from '@aws-sdk/client-eventbridge'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateStreamCommand, GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from '@aws-sdk/client-kinesis'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn'
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { capableRole, temporaryPlatform } from '../../core/testing.ts'
import * as iam from '../iam/index.ts'
import * as kinesis from '../kinesis/index.ts'
import * as lambda from '../lambda/index.ts'
import * as logs from '../logs/index.ts'
import * as s3 from '../s3/index.ts'
import * as sns from '../sns/index.ts'
import * as sqs from '../sqs/index.ts'
import * as states from '../states/index.ts'
import * as sts from '../sts/index.ts'
import * as events from './index.ts'

const account = 'us-east-1:000000000000'
const ruleArn = (name: string) => `arn:aws:events:${account}:rule/${name}`
const queueArn = (name: string) => `arn:aws:sqs:${account}:${name}`
const services = [sts, iam, s3, sqs, sns, kinesis, logs, lambda, states, events]

type Local = Awaited<ReturnType<typeof temporaryPlatform>>
const open = (stateDir?: string): Promise<Local> =>
  temporaryPlatform({ services, pace: 1000, ...(stateDir === undefined ? {} : { stateDir }) })
let local: Local
let bus: EventBridgeClient
let queues: SQSClient
const connect = (platform: Local) => {
  local = platform
  bus = new EventBridgeClient(local.client)
  queues = new SQSClient(local.client)
}
beforeAll(async () => connect(await open()))
afterAll(() => local.end())

const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (const end = Date.now() + 8000; Date.now() < end; await wait(20)) {
    const found = await look()
    if (found !== undefined) return found
  }
  throw new Error('nothing came')
}

const policyFor = (name: string, rule: string) => ({
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn(name),
    Condition: { ArnEquals: { 'aws:SourceArn': ruleArn(rule) } },
  },
})
/** A queue whose policy lets a rule in. */
const createQueue = async (name: string, rule: string, policy: object = policyFor(name, rule)) => {
  const Attributes = 'Statement' in policy ? { Policy: JSON.stringify(policy) } : {}
  await queues.send(new CreateQueueCommand({ QueueName: name, Attributes }))
  return queueArn(name)
}
const received = async (name: string) => {
  const QueueUrl = `${local.platform.url}/000000000000/${name}`
  const request = { QueueUrl, MessageAttributeNames: ['All'], WaitTimeSeconds: 8 }
  const { Messages = [] } = await queues.send(new ReceiveMessageCommand(request))
  const { Body = '', MessageAttributes = {} } = Messages[0] ?? {}
  const attributes = Object.entries(MessageAttributes).map(([key, { StringValue }]) => [key, StringValue])
  return { body: Body, attributes: Object.fromEntries(attributes) as Record<string, string> }
}

/** A rule for events of the source of its name. */
const createRule = async (Name: string, ...targets: Omit<Target, 'Id'>[]) => {
  await bus.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify({ source: [Name] }) }))
  const Targets = targets.map((target, index): Target => ({ Id: String(index), ...target }))
  const { FailedEntries } = await bus.send(new PutTargetsCommand({ Rule: Name, Targets }))
  expect(FailedEntries).toEqual([])
}
const tell = async (Source: string, detail: object = {}) => {
  const entry = { Source, DetailType: 'Sold', Detail: JSON.stringify(detail), Resources: ['r'], Time: new Date(1e12) }
  const { Entries } = await bus.send(new PutEventsCommand({ Entries: [entry] }))
  return Entries?.[0]?.EventId ?? ''
}
const breakQueues = (times: number) =>
  fetch(`${local.platform.url}/_hopline/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ service: 'sqs', operation: 'SendMessage', times, error: { code: 'Busy', status: 503 } }),
  })
const createRole = async (RoleName: string, Service: string) => {
  const statement = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await new IAMClient(local.client).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  return `arn:aws:iam::000000000000:role/${RoleName}`
}

test('a queue gets the event in its envelope, if the rule is enabled and its pattern fits', async () => {
  await createRule('whole', { Arn: await createQueue('whole', 'whole') })
  await tell('other')
  await bus.send(new DisableRuleCommand({ Name: 'whole' }))
  await tell('whole')
  await bus.send(new EnableRuleCommand({ Name: 'whole' }))
  const id = await tell('whole', { price: 1.5 })
  expect(JSON.parse((await received('whole')).body)).toEqual({
    version: '0',
    id,
    'detail-type': 'Sold',
    source: 'whole',
    account: '000000000000',
    time: '2001-09-09T01:46:40Z',
    region: 'us-east-1',
    resources: ['r'],
    detail: { price: 1.5 },
  })
})

const mapped = (InputTemplate: string) => ({
  InputTransformer: {
    InputPathsMap: {
      name: '$.detail.name',
      first: '$.detail.list[0]',
      all: '$.detail.list[*].n',
      none: '$.x',
      type: '$.detail-type',
    },
    InputTemplate,
  },
})
test.each([
  ['input', { Input: '{"fixed": 1}' }, '{"fixed": 1}'],
  ['path', { InputPath: '$.detail.list' }, '[{"n":1},{"n":2}]'],
  ['template', mapped('{"n": <first>, "all": <all>, "t": <type>}'), '{"n": {"n":1}, "all": [1,2], "t": "Sold"}'],
  ['text', mapped('"<name> \\"sold\\" as <first> of <none>."'), '"A \\"B\\" \\"sold\\" as {n:1} of ."'],
  ['nothing', mapped('{"none": <none>, "rule": <aws.events.rule-name>}'), '{"none": "", "rule": "nothing"}'],
  ['arn', mapped('<aws.events.rule-arn>'), JSON.stringify(ruleArn('arn'))],
])('a target of %s gets what it asked for', async (name, input, body) => {
  await createRule(name, { Arn: await createQueue(name, name), ...input })
  await tell(name, { name: 'A "B"', list: [{ n: 1 }, { n: 2 }] })
  expect((await received(name)).body).toBe(body)
})

test('a function is invoked when its policy lets the rule in, else the event is a dead letter', async () => {
  const functions = new LambdaClient(local.client)
  const code = 'exports.handler = async (event) => console.log(JSON.stringify(event))'
  await functions.send(
    new CreateFunctionCommand({
      FunctionName: 'called',
      Role: capableRole(local.platform, 'any', 'lambda.amazonaws.com'),
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Code: { ZipFile: zipSync({ 'index.js': strToU8(code) }) },
    }),
  )
  const Arn = `arn:aws:lambda:${account}:function:called`
  await createRule('calls', { Arn, DeadLetterConfig: { Arn: await createQueue('calls-dead', 'calls') } })
  const refused = await tell('calls')
  const dead = await received('calls-dead')
  expect(JSON.parse(dead.body)).toMatchObject({ id: refused, source: 'calls' })
  expect(dead.attributes).toEqual({
    RULE_ARN: ruleArn('calls'),
    TARGET_ARN: Arn,
    ERROR_CODE: 'NO_PERMISSIONS',
    ERROR_MESSAGE: expect.stringContaining('no resource-based policy allows the lambda:InvokeFunction action'),
    RETRY_ATTEMPTS: '0',
  })
  await functions.send(
    new AddPermissionCommand({
      FunctionName: 'called',
      StatementId: 'events',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: ruleArn('calls'),
    }),
  )
  const id = await tell('calls')
  const log = join(local.stateDir, 'logs', 'lambda', 'called.log')
  await until(async () => ((await readFile(log, 'utf8').catch(() => '')).includes(id) ? true : undefined))
})

test('a state machine is started by the role, once an event, under the name of the event', async () => {
  const machines = new SFNClient(local.client)
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Done',
    States: { Done: { Type: 'Pass', End: true } },
  })
  const roleArn = await createRole('machine', 'states.amazonaws.com')
  const { stateMachineArn = '' } = await machines.send(
    new CreateStateMachineCommand({ name: 'started', definition, roleArn }),
  )
  const RoleArn = capableRole(local.platform, 'starter', 'events.amazonaws.com')
  const dead = { DeadLetterConfig: { Arn: await createQueue('starts-dead', 'starts') } }
  const target = { Arn: stateMachineArn, InputPath: '$.detail' }
  await createRule('starts', { ...target, RoleArn }, { ...target, RoleArn: roleArn, ...dead })
  const id = await tell('starts', { a: 1 })
  const executionArn = await until(async () => {
    const { executions = [] } = await machines.send(new ListExecutionsCommand({ stateMachineArn }))
    return executions[0]?.executionArn
  })
  const { name, input } = await machines.send(new DescribeExecutionCommand({ executionArn }))
  expect(name).toMatch(new RegExp(`^${id}_[0-9a-f-]{36}$`))
  expect(input).toBe('{"a":1}')
  expect((await received('starts-dead')).attributes).toMatchObject({ ERROR_CODE: 'FAILED_TO_ASSUME_ROLE' })
})

test('a log group gets the event in a stream of its own', async () => {
  const client = new CloudWatchLogsClient(local.client)
  await client.send(new CreateLogGroupCommand({ logGroupName: '/aws/events/kept' }))
  await createRule('kept', { Arn: `arn:aws:logs:${account}:log-group:/aws/events/kept` })
  const id = await tell('kept')
  const message = await until(async () => {
    const found = await client.send(new FilterLogEventsCommand({ logGroupName: '/aws/events/kept' }))
    return found.events?.[0]?.message
  })
  expect(JSON.parse(message)).toMatchObject({ id })
})

test('a topic is told, and a stream gets the event by its key', async () => {
  const topics = new SNSClient(local.client)
  const { TopicArn = '' } = await topics.send(new CreateTopicCommand({ Name: 'heard' }))
  const allowed = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' }
  const AttributeValue = JSON.stringify({ Statement: { ...allowed, Resource: TopicArn } })
  await topics.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }))
  const heard = await createQueue('heard', 'x', {
    Statement: { ...policyFor('heard', 'x').Statement, Principal: { Service: 'sns.amazonaws.com' }, Condition: {} },
  })
  const Attributes = { RawMessageDelivery: 'true' }
  await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: heard, Attributes }))
  const streams = new KinesisClient(local.client)
  const StreamName = 'flowing'
  await streams.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }))
  const RoleArn = capableRole(local.platform, 'putter', 'events.amazonaws.com')
  const KinesisParameters = { PartitionKeyPath: '$.detail.key' }
  const Arn = `arn:aws:kinesis:${account}:stream/${StreamName}`
  await createRule('spread', { Arn: TopicArn }, { Arn, RoleArn, KinesisParameters, InputPath: '$.detail' })
  const id = await tell('spread', { key: 'k1' })
  expect(JSON.parse((await received('heard')).body)).toMatchObject({ id })
  const place = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const
  const { ShardIterator } = await streams.send(new GetShardIteratorCommand(place))
  const record = await until(async () => {
    const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }))
    return Records[0]
  })
  expect([record.PartitionKey, Buffer.from(record.Data ?? '').toString()]).toEqual(['k1', '{"key":"k1"}'])
  streams.destroy()
})

test('an object put into a bucket is an event', async () => {
  const buckets = new S3Client(local.client)
  const Bucket = 'told'
  await buckets.send(new CreateBucketCommand({ Bucket }))
  const NotificationConfiguration = { EventBridgeConfiguration: {} }
  await buckets.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
  const pattern = { source: ['aws.s3'], detail: { bucket: { name: [Bucket] }, object: { key: [{ suffix: '.csv' }] } } }
  await createRule('told', { Arn: await createQueue('told', 'told'), InputPath: '$.detail.object.key' })
  await bus.send(new PutRuleCommand({ Name: 'told', EventPattern: JSON.stringify(pattern) }))
  await buckets.send(new PutObjectCommand({ Bucket, Key: 'a.txt', Body: 'x' }))
  await buckets.send(new PutObjectCommand({ Bucket, Key: 'a.csv', Body: 'x' }))
  expect((await received('told')).body).toBe('"a.csv"')
})

const denied = { Effect: 'Deny', Principal: '*', Action: 'sqs:*' }
const deniedUnless = (secure: string) => ({ ...denied, Condition: { Bool: { 'aws:SecureTransport': secure } } })
test.each([
  ['closed', () => undefined],
  ['misled', (queue: string) => policyFor(queue, 'another-rule')],
  ['elsewhere', (_: string, rule: string) => policyFor('another-queue', rule)],
  ['denied', (queue: string, rule: string) => ({ Statement: [policyFor(queue, rule).Statement, denied] })],
  [
    'secure',
    (queue: string, rule: string) => ({ Statement: [policyFor(queue, rule).Statement, deniedUnless('true')] }),
  ],
])('a queue whose policy is %s refuses, without another try', async (rule, policy) => {
  const Arn = await createQueue(rule, rule, policy(rule, rule) ?? {})
  await createRule(rule, { Arn, DeadLetterConfig: { Arn: await createQueue(`${rule}-dead`, rule) } })
  await tell(rule)
  expect((await received(`${rule}-dead`)).attributes).toMatchObject({
    ERROR_CODE: 'NO_PERMISSIONS',
    RETRY_ATTEMPTS: '0',
  })
})

test('a queue that denies insecure transport lets a rule in', async () => {
  const policy = { Statement: [policyFor('tls', 'tls').Statement, deniedUnless('false')] }
  await createRule('tls', { Arn: await createQueue('tls', 'tls', policy) })
  const id = await tell('tls')
  expect(JSON.parse((await received('tls')).body)).toMatchObject({ id })
})

test('a busy target is tried again, as often as the rule says', async () => {
  const dead = { DeadLetterConfig: { Arn: await createQueue('busy-dead', 'busy') } }
  const RetryPolicy = { MaximumRetryAttempts: 2 }
  await createRule('busy', { Arn: await createQueue('busy', 'busy'), RetryPolicy, ...dead })
  await breakQueues(2)
  const id = await tell('busy')
  expect(JSON.parse((await received('busy')).body)).toMatchObject({ id })
  await breakQueues(3)
  await tell('busy')
  expect((await received('busy-dead')).attributes).toMatchObject({
    ERROR_CODE: 'ERROR_FROM_TARGET',
    RETRY_ATTEMPTS: '2',
    EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
  })
})

test('a target that is gone makes a dead letter at once', async () => {
  const dead = { DeadLetterConfig: { Arn: await createQueue('gone-dead', 'gone') } }
  await createRule('gone', { Arn: queueArn('absent'), ...dead })
  await tell('gone')
  expect((await received('gone-dead')).attributes).toMatchObject({ ERROR_CODE: 'NO_RESOURCE', RETRY_ATTEMPTS: '0' })
})

test('what is due survives a restart', async () => {
  await createRule('late', { Arn: await createQueue('late', 'late') })
  await breakQueues(100)
  const id = await tell('late')
  await wait(50)
  const { stateDir } = local
  await local.close()
  connect(await open(stateDir))
  expect(JSON.parse((await received('late')).body)).toMatchObject({ id })
})
