import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryPlatform } from '../../core/testing.ts'
import * as logs from './index.ts'

const dayMs = 86_400_000
let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let client: CloudWatchLogsClient
let later = 0
const now = () => Date.now() + later
beforeAll(async () => {
  const clock = { now, sleep: () => Promise.resolve(), pace: (ms: number) => ms }
  platform = await temporaryPlatform({ services: [logs], clock })
  client = new CloudWatchLogsClient(platform.client)
})
afterAll(() => platform.end())

const stream = async (logGroupName: string, logStreamName: string, messages: string[] = [], timestamp = now()) => {
  await client.send(new CreateLogGroupCommand({ logGroupName })).catch(() => undefined)
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  if (messages.length > 0) await put(logGroupName, logStreamName, messages, timestamp)
}
const put = (logGroupName: string, logStreamName: string, messages: string[], timestamp = now()) =>
  client.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName,
      logEvents: messages.map((message, index) => ({ message, timestamp: timestamp + index })),
    }),
  )
const groupOf = async (logGroupNamePrefix: string) =>
  (await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))).logGroups?.[0]
const filtered = async (logGroupName: string, filterPattern: string) =>
  (await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern }))).events?.map(({ message }) => message)

test('a group and its streams are made once, described, and go away', async () => {
  const place = { logGroupName: '/made/once', logStreamName: '2026/01/01/[$LATEST]a' }
  await stream(place.logGroupName, place.logStreamName)
  const existing = { name: 'ResourceAlreadyExistsException' }
  await expect(client.send(new CreateLogGroupCommand(place))).rejects.toMatchObject(existing)
  await expect(client.send(new CreateLogStreamCommand(place))).rejects.toMatchObject(existing)
  expect(await groupOf('/made')).toMatchObject({
    logGroupName: '/made/once',
    arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/made/once:*',
    storedBytes: 0,
    logGroupClass: 'STANDARD',
  })
  await put('/made/once', place.logStreamName, ['hello'])
  expect(await groupOf('/made')).toMatchObject({ storedBytes: 31 })
  await client.send(new DeleteLogStreamCommand(place))
  expect(await groupOf('/made')).toMatchObject({ storedBytes: 0 })
  const missing = { name: 'ResourceNotFoundException' }
  await expect(client.send(new GetLogEventsCommand(place))).rejects.toMatchObject(missing)
  await expect(put('/made/once', place.logStreamName, ['lost'])).rejects.toMatchObject(missing)
  await stream('/made/once', 'again', ['x'])
  await client.send(new DeleteLogGroupCommand(place))
  await stream('/made/once', 'again')
  expect((await client.send(new GetLogEventsCommand({ ...place, logStreamName: 'again' }))).events).toEqual([])
  await expect(client.send(new DeleteLogGroupCommand({ logGroupName: 'never' }))).rejects.toMatchObject(missing)
})

test('streams are listed by name or by their last event, in pages', async () => {
  for (const [name, age] of [
    ['a', 1000],
    ['b', 3000],
    ['c', 2000],
  ] as const)
    await stream('listed', name, ['x'], now() - age)
  const list = async (options: object) =>
    (await client.send(new DescribeLogStreamsCommand({ logGroupName: 'listed', ...options }))).logStreams?.map(
      ({ logStreamName }) => logStreamName,
    )
  expect(await list({})).toEqual(['a', 'b', 'c'])
  expect(await list({ logStreamNamePrefix: 'b' })).toEqual(['b'])
  expect(await list({ orderBy: 'LastEventTime', descending: true })).toEqual(['a', 'c', 'b'])
  const { nextToken } = await client.send(new DescribeLogStreamsCommand({ logGroupName: 'listed', limit: 2 }))
  expect(await list({ nextToken })).toEqual(['c'])
  await expect(list({ nextToken: 'nowhere' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  await expect(list({ orderBy: 'LastEventTime', logStreamNamePrefix: 'b' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
})

test('GetLogEvents reads forward and backward, and a token at the end is given back', async () => {
  await stream('read', 's', ['0', '1', '2', '3', '4'])
  const get = async (options: object) => {
    const place = { logGroupIdentifier: 'arn:aws:logs:us-east-1:000000000000:log-group:read:*', logStreamName: 's' }
    const { events = [], ...tokens } = await client.send(new GetLogEventsCommand({ ...place, ...options }))
    return { ...tokens, text: events.map(({ message }) => message).join('') }
  }
  const head = await get({ limit: 2, startFromHead: true })
  expect(head.text).toBe('01')
  const middle = await get({ limit: 2, startFromHead: true, nextToken: head.nextForwardToken })
  expect(middle.text).toBe('23')
  expect((await get({ nextToken: middle.nextBackwardToken })).text).toBe('01')
  const tail = await get({ limit: 2 })
  expect(tail.text).toBe('34')
  expect((await get({ limit: 2, nextToken: tail.nextBackwardToken })).text).toBe('12')
  const end = await get({ nextToken: tail.nextForwardToken })
  expect(end).toMatchObject({ text: '', nextForwardToken: tail.nextForwardToken })
  await put('read', 's', ['5'])
  expect((await get({ nextToken: end.nextForwardToken })).text).toBe('5')
  await expect(get({ nextToken: 'f/1/s' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
})
