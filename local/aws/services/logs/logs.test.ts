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
  expect((await get({ limit: 1, nextToken: end.nextBackwardToken })).text).toBe('4')
  const start = await get({ nextToken: head.nextBackwardToken })
  expect(start).toMatchObject({ text: '', nextBackwardToken: head.nextBackwardToken })
  expect((await get({ limit: 1, nextToken: start.nextForwardToken })).text).toBe('0')
  await put('read', 's', ['5'])
  expect((await get({ nextToken: end.nextForwardToken })).text).toBe('5')
  await expect(get({ nextToken: 'f/1/s' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
})

test('FilterLogEvents reads many streams as one, in pages', async () => {
  const start = now() - 10_000
  await stream('merged', 'app/1', ['a', 'c'], start)
  await stream('merged', 'app/2', ['b', 'd'], start)
  await stream('merged', 'other', ['e'], start + 5)
  const filter = async (options: object) => {
    const input = { logGroupName: 'merged', ...options }
    const { events = [], nextToken } = await client.send(new FilterLogEventsCommand(input))
    return { nextToken, events, text: events.map(({ message }) => message).join('') }
  }
  expect((await filter({})).text).toBe('abcde')
  expect((await filter({ logStreamNames: ['app/2', 'other'] })).text).toBe('bde')
  expect((await filter({ logStreamNamePrefix: 'app/', startTime: start + 1 })).text).toBe('cd')
  expect((await filter({ endTime: start })).text).toBe('ab')
  const first = await filter({ limit: 3 })
  expect(first).toMatchObject({ text: 'abc', events: [{ logStreamName: 'app/1' }, { logStreamName: 'app/2' }, {}] })
  expect(await filter({ nextToken: first.nextToken })).toMatchObject({ text: 'de', nextToken: undefined })
  await expect(filter({ logStreamNames: ['a'], logStreamNamePrefix: 'a' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
  await expect(filter({ logStreamNames: ['missing'] })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(filter({ logGroupIdentifier: 'merged' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
})

test('a page of events ends before it is larger than a megabyte', async () => {
  const large = 'x'.repeat(600_000)
  await stream('large', 's', [large])
  await put('large', 's', [large])
  const place = { logGroupName: 'large', logStreamName: 's' }
  const head = await client.send(new GetLogEventsCommand({ ...place, startFromHead: true }))
  expect(head.events).toHaveLength(1)
  const { events } = await client.send(new GetLogEventsCommand({ ...place, nextToken: head.nextForwardToken }))
  expect(events).toHaveLength(1)
  const { nextToken } = await client.send(new FilterLogEventsCommand({ logGroupName: 'large' }))
  const rest = await client.send(new FilterLogEventsCommand({ logGroupName: 'large', nextToken }))
  expect(rest.events).toHaveLength(1)
  expect(rest.nextToken).toBeUndefined()
})

const json = (value: object) => JSON.stringify(value)
const lines = [
  'ERROR the tower is silent',
  'WARN the tower is late',
  json({ level: 'ERROR', ms: 120, user: { name: 'ada' }, tags: ['a', 'b'], ok: false, 'a b': 1 }),
  json({ level: 'INFO', ms: 20, user: null, ok: true }),
]
test.each([
  ['', [0, 1, 2, 3]],
  ['ERROR', [0, 2]],
  ['the tower', [0, 1]],
  ['"tower is late"', [1]],
  ['?silent ?late', [0, 1]],
  ['tower -WARN', [0]],
  ['-"level"', [0, 1]],
  ['?silent tower', [0, 1]],
  [String.raw`"\"ok\":true"`, [3]],
  ['{ $.level = "ERROR" }', [2]],
  ['{ $.level = I* }', [3]],
  ['{ $.level != "ERROR" }', [3]],
  ['{ $.ms >= 20 && $.ms < 100 }', [3]],
  ['{ $.ms = 120 }', [2]],
  ['{ ($.ms > 100) || ($.ok IS TRUE) }', [2, 3]],
  ['{ $.ms = 20 || $.ms = 120 && $.ok IS TRUE }', [3]],
  ['{ $.user IS NULL }', [3]],
  ['{ $.user.name = "ad*" }', [2]],
  ['{ $.tags[1] = "b" }', [2]],
  ['{ $["a b"] = 1 }', [2]],
  ['{ $.tags NOT EXISTS }', [3]],
  ['{ $.ok IS FALSE }', [2]],
])('the pattern %j finds what it says', async (pattern, expected) => {
  if (!(await groupOf('patterns'))) await stream('patterns', 's', lines)
  expect(await filtered('patterns', pattern)).toEqual(expected.map((index) => lines[index]))
})

test.each([
  '[ip, user]',
  '%ERROR%',
  '"open',
  '{ $.a }',
  '{ $.a = 1',
  '{ level = "x" }',
  '{ $.a = %x% }',
  '{ $.a < b }',
  '{ $.a = 1 } x',
])('the pattern %j is refused', async (pattern) => {
  await client.send(new CreateLogGroupCommand({ logGroupName: 'refused' })).catch(() => undefined)
  await expect(filtered('refused', pattern)).rejects.toMatchObject({ name: 'InvalidParameterException' })
})

test('PutLogEvents refuses a batch out of order and says which events are too old or too new', async () => {
  await stream('checked', 's')
  const putAt = (...timestamps: number[]) =>
    client.send(
      new PutLogEventsCommand({
        logGroupName: 'checked',
        logStreamName: 's',
        logEvents: timestamps.map((timestamp) => ({ timestamp, message: 'x' })),
      }),
    )
  const time = now()
  const invalid = { name: 'InvalidParameterException' }
  await expect(putAt(time, time - 1)).rejects.toMatchObject(invalid)
  await expect(putAt(time - dayMs - 1, time)).rejects.toMatchObject(invalid)
  await expect(putAt()).rejects.toMatchObject(invalid)
  await expect(put('checked', 's', ['x'.repeat(1_048_551)])).rejects.toMatchObject(invalid)
  expect((await putAt(time, time + 3 * 3_600_000)).rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 })
  const old = time - 14 * dayMs
  expect((await putAt(old - 1000, old + 60_000)).rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 })
  await client.send(new PutRetentionPolicyCommand({ logGroupName: 'checked', retentionInDays: 3 }))
  expect((await putAt(time - 4 * dayMs)).rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 })
  expect(await filtered('checked', '')).toEqual(['x'])
})

test('retention removes events as time goes by', async () => {
  const logGroupName = 'kept'
  await stream(logGroupName, 's', ['old'])
  await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }))
  expect(await groupOf(logGroupName)).toMatchObject({ retentionInDays: 1, storedBytes: 29 })
  later += dayMs / 2
  await put(logGroupName, 's', ['new'])
  later += dayMs / 2 + 1000
  expect(await filtered(logGroupName, '')).toEqual(['new'])
  expect(await groupOf(logGroupName)).toMatchObject({ storedBytes: 29 })
  await client.send(new DeleteRetentionPolicyCommand({ logGroupName }))
  later += 30 * dayMs
  expect(await filtered(logGroupName, '')).toEqual(['new'])
  expect((await groupOf(logGroupName))?.retentionInDays).toBeUndefined()
  await expect(client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
})

test('groups have tags', async () => {
  const tags = { team: 'ml' }
  await client.send(new CreateLogGroupCommand({ logGroupName: 'tagged', tags }))
  const resourceArn = 'arn:aws:logs:us-east-1:000000000000:log-group:tagged'
  const list = async () => (await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags
  expect(await list()).toEqual(tags)
  await client.send(new TagResourceCommand({ resourceArn, tags: { stage: 'test' } }))
  await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }))
  expect(await list()).toEqual({ stage: 'test' })
})

test('groups are listed by prefix, pattern and page', async () => {
  for (const logGroupName of ['list/a', 'list/b', 'list/c'])
    await client.send(new CreateLogGroupCommand({ logGroupName }))
  const list = async (options: object) => {
    const { logGroups = [], nextToken } = await client.send(new DescribeLogGroupsCommand(options))
    return { nextToken, names: logGroups.map((group) => group.logGroupName) }
  }
  const first = await list({ logGroupNamePrefix: 'list/', limit: 2 })
  expect(first.names).toEqual(['list/a', 'list/b'])
  expect(await list({ logGroupNamePrefix: 'list/', nextToken: first.nextToken })).toEqual({ names: ['list/c'] })
  expect((await list({ logGroupNamePattern: 'ST/B' })).names).toEqual(['list/b'])
  await expect(list({ logGroupNamePrefix: 'a', logGroupNamePattern: 'a' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
})

test('what is not served says so', async () => {
  const query = new StartQueryCommand({
    logGroupName: 'read',
    startTime: 0,
    endTime: 1,
    queryString: 'fields @message',
  })
  await expect(client.send(query)).rejects.toMatchObject({ name: 'UnknownOperationException' })
})
