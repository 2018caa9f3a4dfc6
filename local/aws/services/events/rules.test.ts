import {
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  TestEventPatternCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-eventbridge'
import type { PutEventsRequestEntry, PutRuleCommandInput, Target } from '@aws-sdk/client-eventbridge'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryPlatform } from '../../core/testing.ts'
import * as events from './index.ts'

const account = 'us-east-1:000000000000'
const queue = (name: string) => `arn:aws:sqs:${account}:${name}`
const EventPattern = '{"source":["shop"]}'
let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let client: EventBridgeClient
beforeAll(async () => {
  platform = await temporaryPlatform({ services: [events] })
  client = new EventBridgeClient(platform.client)
})
afterAll(() => platform.end())

const put = (Name: string, more: Partial<PutRuleCommandInput> = { EventPattern }) =>
  client.send(new PutRuleCommand({ Name, ...more }))
const aim = (Rule: string, ...Targets: Target[]) => client.send(new PutTargetsCommand({ Rule, Targets }))
const tell = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }))

test('a rule is put, described, switched and put anew', async () => {
  const { RuleArn } = await put('described', { EventPattern, Description: 'd', Tags: [{ Key: 'k', Value: 'v' }] })
  expect(RuleArn).toBe(`arn:aws:events:${account}:rule/described`)
  const described = await client.send(new DescribeRuleCommand({ Name: 'described' }))
  expect(described).toMatchObject({ Arn: RuleArn, EventPattern, State: 'ENABLED', EventBusName: 'default' })
  await client.send(new DisableRuleCommand({ Name: 'described' }))
  expect(await client.send(new DescribeRuleCommand({ Name: 'described' }))).toMatchObject({ State: 'DISABLED' })
  await client.send(new EnableRuleCommand({ Name: 'described' }))
  await put('described', { ScheduleExpression: 'rate(1 day)' })
  const anew = await client.send(new DescribeRuleCommand({ Name: 'described' }))
  expect(anew).toMatchObject({ State: 'ENABLED', ScheduleExpression: 'rate(1 day)' })
  expect([anew.EventPattern, anew.Description]).toEqual([undefined, undefined])
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: RuleArn }))
  expect(Tags).toEqual([{ Key: 'k', Value: 'v' }])
})

test('a rule is tagged and untagged', async () => {
  const { RuleArn: ResourceARN } = await put('tagged')
  await client.send(
    new TagResourceCommand({
      ResourceARN,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    }),
  )
  await client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'a', Value: '3' }] }))
  await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['b'] }))
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN }))
  expect(Tags).toEqual([{ Key: 'a', Value: '3' }])
  const bus = new ListTagsForResourceCommand({ ResourceARN: `arn:aws:events:${account}:event-bus/default` })
  await expect(client.send(bus)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('rules are listed by prefix, in pages', async () => {
  for (const name of ['page-a', 'page-b', 'page-c']) await put(name)
  const first = await client.send(new ListRulesCommand({ NamePrefix: 'page-', Limit: 2 }))
  const { NextToken } = first
  const second = await client.send(new ListRulesCommand({ NamePrefix: 'page-', Limit: 2, NextToken }))
  expect([first, second].map(({ Rules }) => Rules?.map(({ Name }) => Name))).toEqual([['page-a', 'page-b'], ['page-c']])
  expect(second.NextToken).toBeUndefined()
})

test.each([
  [{}, 'ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
  [{ EventPattern: '{"a":1}' }, 'InvalidEventPatternException', /^Event pattern is not valid. Reason: "a" must be/],
  [{ EventPattern: 'x' }, 'InvalidEventPatternException', /^Event pattern is not valid. Reason: /],
  [{ ScheduleExpression: 'rate(1 minutes)' }, 'ValidationException', 'Parameter ScheduleExpression is not valid.'],
  [{ EventPattern, EventBusName: 'other' }, 'ResourceNotFoundException', 'Event bus other does not exist.'],
])('a rule of %j is refused', async (rule, name, message) => {
  await expect(put('wrong', rule)).rejects.toThrow(expect.objectContaining({ name }))
  await expect(put('wrong', rule)).rejects.toThrow(message)
})

test('targets are put, found from both sides and removed, and only then the rule can go', async () => {
  await put('aimed')
  const input = { InputPathsMap: { a: '$.detail.a' }, InputTemplate: '{"a":<a>}' }
  const target = { Id: 'one', Arn: queue('q'), InputTransformer: input, RetryPolicy: { MaximumRetryAttempts: 3 } }
  expect(await aim('aimed', target)).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] })
  expect((await client.send(new ListTargetsByRuleCommand({ Rule: 'aimed' }))).Targets).toEqual([target])
  const { RuleNames } = await client.send(new ListRuleNamesByTargetCommand({ TargetArn: queue('q') }))
  expect(RuleNames).toEqual(['aimed'])
  const early = client.send(new DeleteRuleCommand({ Name: 'aimed' }))
  await expect(early).rejects.toThrow("Rule can't be deleted since it has targets.")
  const removed = await client.send(new RemoveTargetsCommand({ Rule: 'aimed', Ids: ['one', 'two'] }))
  expect(removed.FailedEntries).toMatchObject([{ TargetId: 'two', ErrorCode: 'ResourceNotFoundException' }])
  await client.send(new DeleteRuleCommand({ Name: 'aimed' }))
  await client.send(new DeleteRuleCommand({ Name: 'aimed' }))
  await expect(aim('aimed', target)).rejects.toThrow('Rule aimed does not exist on EventBus default.')
})

test('a rule has five targets at most', async () => {
  await put('many')
  await aim('many', ...['a', 'b', 'c', 'd', 'e'].map((Id) => ({ Id, Arn: queue(Id) })))
  await aim('many', { Id: 'a', Arn: queue('other') })
  await expect(aim('many', { Id: 'f', Arn: queue('f') })).rejects.toMatchObject({ name: 'LimitExceededException' })
})

const machine = `arn:aws:states:${account}:stateMachine:m`
const template = (InputTemplate: string, InputPathsMap = {}) => ({
  Arn: queue('q'),
  InputTransformer: { InputTemplate, InputPathsMap },
})
test.each([
  [{ Arn: 'queue' }, 'Provided Arn is not in correct format'],
  [{ Arn: `arn:aws:batch:${account}:job-queue/q` }, 'cannot be a target here'],
  [{ Arn: machine }, `RoleArn is required for target ${machine}.`],
  [{ Arn: queue('q.fifo') }, 'SqsParameters must be specified'],
  [{ Arn: queue('q'), DeadLetterConfig: { Arn: queue('d.fifo') } }, 'must be a standard SQS queue'],
  [{ Arn: queue('q'), Input: '{}', InputPath: '$' }, 'Only one of Input, InputPath, or InputTransformer'],
  [{ Arn: queue('q'), Input: '{' }, 'JSON syntax error'],
  [{ Arn: queue('q'), InputPath: 'detail' }, 'Invalid InputPath'],
  [template('<b>'), 'placeholder b, which is not defined'],
  [template('<b>', { b: '$..b' }), 'Invalid InputPathsMap value'],
  [template('<aws.b>', { 'aws.b': '$.b' }), 'names that begin with aws are reserved'],
])('the target %j fails and the others do not', async (target, message) => {
  await put('partly')
  const { FailedEntries, FailedEntryCount } = await aim(
    'partly',
    { Id: 'bad', ...target },
    { Id: 'good', Arn: queue('q') },
  )
  expect(FailedEntryCount).toBe(1)
  expect(FailedEntries).toMatchObject([{ TargetId: 'bad', ErrorCode: 'ValidationException' }])
  expect(FailedEntries?.[0]?.ErrorMessage).toContain(message)
  const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: 'partly' }))
  expect(Targets?.map(({ Id }) => Id)).toEqual(['good'])
})

test('each entry of PutEvents has an answer of its own', async () => {
  const good = { Source: 'shop', DetailType: 'Sold', Detail: '{}' }
  const { FailedEntryCount, Entries } = await tell(
    good,
    { ...good, Source: undefined },
    { ...good, DetailType: '' },
    { ...good, Detail: undefined },
    { ...good, Detail: '[]' },
    { ...good, Source: 'aws.shop' },
    { ...good, EventBusName: 'other' },
  )
  expect(FailedEntryCount).toBe(6)
  expect(Entries?.map(({ EventId, ErrorCode }) => (EventId === undefined ? ErrorCode : 'taken'))).toEqual([
    'taken',
    'InvalidArgument',
    'InvalidArgument',
    'InvalidArgument',
    'MalformedDetail',
    'NotAuthorizedForSourceException',
    'ResourceNotFoundException',
  ])
  const eleven = Array.from({ length: 11 }, () => good)
  await expect(tell(...eleven)).rejects.toMatchObject({ name: 'ValidationException' })
  const large = { ...good, Detail: JSON.stringify('x'.repeat(131_072)) }
  await expect(tell(large, large)).rejects.toThrow('Total size of the entries in the request is over the limit.')
})

test('a pattern is tried on an event', async () => {
  const event = { id: '1', account: '1', source: 'shop', time: 't', region: 'r', 'detail-type': 'Sold' }
  const tried = (text: string) => client.send(new TestEventPatternCommand({ EventPattern, Event: text }))
  expect((await tried(JSON.stringify(event))).Result).toBe(true)
  expect((await tried(JSON.stringify({ ...event, source: 'other' }))).Result).toBe(false)
  await expect(tried(JSON.stringify({ ...event, source: undefined }))).rejects.toThrow('source is a required argument')
  await expect(tried('{')).rejects.toThrow('not valid JSON')
})

test('there is one bus', async () => {
  const Arn = `arn:aws:events:${account}:event-bus/default`
  expect(await client.send(new DescribeEventBusCommand({}))).toMatchObject({ Name: 'default', Arn })
  expect((await client.send(new ListEventBusesCommand({}))).EventBuses).toEqual([{ Name: 'default', Arn }])
  expect((await client.send(new ListEventBusesCommand({ NamePrefix: 'x' }))).EventBuses).toEqual([])
  const other = client.send(new DescribeEventBusCommand({ Name: 'other' }))
  await expect(other).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
