import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs'
import type { ReceiveMessageCommandInput, SendMessageCommandInput } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryPlatform } from '../../core/testing.ts'
import * as sqs from './index.ts'

let later = 0
const clock = {
  now: () => Date.now() + later,
  sleep: (ms: number, signal?: AbortSignal) => wait(ms, undefined, signal && { signal }),
  pace: (ms: number) => ms,
}
let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let client: SQSClient
beforeAll(async () => {
  platform = await temporaryPlatform({ services: [sqs], clock })
  client = new SQSClient({ ...platform.client, maxAttempts: 1 })
  client.middlewareStack.add(
    (next) => (args) => {
      client.config.systemClockOffset = later
      return next(args)
    },
    { step: 'build' },
  )
})
afterAll(() => platform.end())

const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
  (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? ''
const send = (QueueUrl: string, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
  client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }))
const receive = async (QueueUrl: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? []
const bodies = async (QueueUrl: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
  (await receive(QueueUrl, more)).map(({ Body }) => Body)
const attributes = async (QueueUrl: string, ...AttributeNames: string[]) =>
  (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: AttributeNames as ['All'] }))).Attributes
const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`
const invalidValue = { name: 'InvalidParameterValue' }

describe('a queue', () => {
  test('is made once, found, listed, tagged and deleted', async () => {
    const url = await create('made', { VisibilityTimeout: '5' })
    expect(url).toBe(`${platform.platform.url}/000000000000/made`)
    expect(await create('made', { VisibilityTimeout: '5' })).toBe(url)
    expect(await create('made')).toBe(url)
    await expect(create('made', { VisibilityTimeout: '6' })).rejects.toMatchObject({ name: 'QueueNameExists' })
    expect(await client.send(new GetQueueUrlCommand({ QueueName: 'made' }))).toMatchObject({ QueueUrl: url })
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'ma' }))).QueueUrls).toEqual([url])
    await client.send(new TagQueueCommand({ QueueUrl: url, Tags: { a: '1', b: '2' } }))
    await client.send(new UntagQueueCommand({ QueueUrl: url, TagKeys: ['a'] }))
    expect((await client.send(new ListQueueTagsCommand({ QueueUrl: url }))).Tags).toEqual({ b: '2' })
    await send(url, 'lost with its queue')
    await client.send(new DeleteQueueCommand({ QueueUrl: url }))
    await expect(send(url, 'late')).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    })
    await expect(create('made')).rejects.toMatchObject({ name: 'QueueDeletedRecently' })
    later += 60_000
    expect(await bodies(await create('made'))).toEqual([])
  })

  test('has the attributes of SQS, and takes no others', async () => {
    const url = await create('described', { DelaySeconds: '900' })
    await send(url, 'delayed')
    await send(url, 'seen', { DelaySeconds: 0 })
    await send(url, 'hidden', { DelaySeconds: 0 })
    await receive(url, { MaxNumberOfMessages: 1 })
    expect(await attributes(url, 'All')).toMatchObject({
      QueueArn: arn('described'),
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      VisibilityTimeout: '30',
      MessageRetentionPeriod: '345600',
    })
    const set = (Attributes: Record<string, string>) =>
      client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }))
    await set({ Policy: '{"Version":"2012-10-17","Statement":[]}', VisibilityTimeout: '7' })
    expect(await attributes(url, 'Policy', 'VisibilityTimeout')).toEqual({
      Policy: '{"Version":"2012-10-17","Statement":[]}',
      VisibilityTimeout: '7',
    })
    await set({ Policy: '' })
    expect(await attributes(url, 'Policy')).toBeUndefined()
    await expect(set({ Colour: 'red' })).rejects.toMatchObject({ name: 'InvalidAttributeName' })
    await expect(set({ ContentBasedDeduplication: 'true' })).rejects.toMatchObject({ name: 'InvalidAttributeName' })
    await expect(set({ VisibilityTimeout: '43201' })).rejects.toMatchObject({ name: 'InvalidAttributeValue' })
    await expect(attributes(url, 'Colour')).rejects.toMatchObject({ name: 'InvalidAttributeName' })
  })

  test('is emptied by PurgeQueue once a minute', async () => {
    const url = await create('purged')
    await send(url, 'gone')
    await client.send(new PurgeQueueCommand({ QueueUrl: url }))
    expect(await bodies(url)).toEqual([])
    await expect(client.send(new PurgeQueueCommand({ QueueUrl: url }))).rejects.toMatchObject({
      name: 'PurgeQueueInProgress',
    })
  })
})

describe('a message', () => {
  test('is received with what it carries, and deleted by its receipt handle', async () => {
    const url = await create('plain')
    const MessageAttributes = {
      who: { DataType: 'String', StringValue: 'tower' },
      'raw.bytes': { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
    }
    const sent = await send(url, 'hello', { MessageAttributes })
    const [message] = await receive(url, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] })
    expect(message).toMatchObject({
      Body: 'hello',
      MessageId: sent.MessageId,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes,
      Attributes: { ApproximateReceiveCount: '1', SenderId: '000000000000' },
    })
    expect(await receive(url)).toEqual([])
    later += 30_000
    const [again] = await receive(url, {
      MessageAttributeNames: ['raw.*'],
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    })
    expect(again?.Attributes).toEqual({ ApproximateReceiveCount: '2' })
    expect(Object.keys(again?.MessageAttributes ?? {})).toEqual(['raw.bytes'])
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }))
    expect(await attributes(url, 'ApproximateNumberOfMessagesNotVisible')).toEqual({
      ApproximateNumberOfMessagesNotVisible: '1',
    })
    const handle = { QueueUrl: url, ReceiptHandle: again?.ReceiptHandle }
    await client.send(new DeleteMessageCommand(handle))
    await client.send(new DeleteMessageCommand(handle))
    expect(await attributes(url, 'ApproximateNumberOfMessagesNotVisible')).toEqual({
      ApproximateNumberOfMessagesNotVisible: '0',
    })
    await expect(
      client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'nonsense' })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' })
  })

  test('comes back when its visibility is changed to 0, and cannot be changed then', async () => {
    const url = await create('hidden')
    await send(url, 'x')
    const [message] = await receive(url)
    const change = (VisibilityTimeout: number) =>
      client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
      )
    await change(600)
    later += 60_000
    expect(await bodies(url)).toEqual([])
    await expect(change(43_200)).rejects.toMatchObject(invalidValue)
    await change(0)
    await expect(change(10)).rejects.toMatchObject({ name: 'MessageNotInflight' })
    expect(await bodies(url)).toEqual(['x'])
  })

  test('waits for its delay and ends with the retention of its queue', async () => {
    const url = await create('timed', { MessageRetentionPeriod: '60', DelaySeconds: '5' })
    await send(url, 'by the queue')
    await send(url, 'by the message', { DelaySeconds: 10 })
    expect(await bodies(url)).toEqual([])
    later += 5000
    expect(await bodies(url, { VisibilityTimeout: 0 })).toEqual(['by the queue'])
    later += 5000
    expect(await bodies(url, { VisibilityTimeout: 0 })).toEqual(['by the queue', 'by the message'])
    later += 50_000
    expect(await bodies(url)).toEqual([])
  })

  test('is refused when SQS would not take it', async () => {
    const url = await create('strict', { MaximumMessageSize: '1024' })
    for (const MessageBody of ['', undefined])
      await expect(client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }))).rejects.toMatchObject({
        Code: 'MissingParameter',
        message: 'The request must contain the parameter MessageBody.',
      })
    await expect(send(url, '\u0001')).rejects.toMatchObject({ name: 'InvalidMessageContents' })
    await expect(send(url, 'é'.repeat(513))).rejects.toMatchObject(invalidValue)
    await expect(send(url, 'x', { DelaySeconds: 901 })).rejects.toMatchObject(invalidValue)
    await expect(send(url, 'x', { MessageDeduplicationId: 'd' })).rejects.toMatchObject(invalidValue)
    const attribute = { DataType: 'Number', StringValue: 'many' }
    await expect(send(url, 'x', { MessageAttributes: { attribute } })).rejects.toMatchObject(invalidValue)
    await expect(receive(url, { MaxNumberOfMessages: 11 })).rejects.toMatchObject(invalidValue)
    await expect(receive(url, { ReceiveRequestAttemptId: 'a' })).rejects.toMatchObject(invalidValue)
  })

  test('ends a long poll, and so does one that becomes visible', async () => {
    const url = await create('polled')
    const poll = bodies(url, { WaitTimeSeconds: 20, VisibilityTimeout: 1 })
    await wait(20)
    await send(url, 'x')
    expect(await poll).toEqual(['x'])
    expect(await bodies(url, { WaitTimeSeconds: 20 })).toEqual(['x'])
  })

  test('is not taken by a receiver that went away', async () => {
    const url = await create('left')
    const leave = new AbortController()
    const poll = client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), {
      abortSignal: leave.signal,
    })
    await wait(20)
    leave.abort()
    await expect(poll).rejects.toMatchObject({ name: 'AbortError' })
    await wait(20)
    await send(url, 'kept')
    expect(await bodies(url)).toEqual(['kept'])
  })

  test('goes to the dead-letter queue when it was received too often', async () => {
    const dead = await create('dead')
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: '2' })
    const url = await create('source', { RedrivePolicy, VisibilityTimeout: '0' })
    const { MessageId } = await send(url, 'poison')
    expect(await bodies(url)).toEqual(['poison'])
    expect(await bodies(url)).toEqual(['poison'])
    expect(await bodies(url)).toEqual([])
    const [letter] = await receive(dead, { MessageSystemAttributeNames: ['All'] })
    expect(letter).toMatchObject({ MessageId, Attributes: { DeadLetterQueueSourceArn: arn('source') } })
    expect(await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }))).toMatchObject({
      queueUrls: [url],
    })
    const none = JSON.stringify({ deadLetterTargetArn: arn('none'), maxReceiveCount: 1 })
    await expect(create('refused', { RedrivePolicy: none })).rejects.toMatchObject(invalidValue)
    await client.send(
      new SetQueueAttributesCommand({
        QueueUrl: dead,
        Attributes: { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'denyAll' }) },
      }),
    )
    await expect(create('refused', { RedrivePolicy })).rejects.toMatchObject(invalidValue)
  })

  test('survives a restart', async () => {
    const before = await temporaryPlatform({ services: [sqs] })
    const first = new SQSClient(before.client)
    const { QueueUrl } = await first.send(new CreateQueueCommand({ QueueName: 'durable' }))
    await first.send(new SendMessageCommand({ QueueUrl, MessageBody: 'still here' }))
    await before.close()
    const after = await temporaryPlatform({ services: [sqs], stateDir: before.stateDir })
    const second = new SQSClient(after.client)
    const found = await second.send(new GetQueueUrlCommand({ QueueName: 'durable' }))
    const { Messages } = await second.send(new ReceiveMessageCommand(found as { QueueUrl: string }))
    expect(Messages).toMatchObject([{ Body: 'still here' }])
    await after.end()
  })
})

test('a batch says of each entry how it went', async () => {
  const url = await create('batch')
  const sendAll = (Entries: { Id: string; MessageBody: string }[]) =>
    client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
  const sent = await sendAll([
    { Id: 'good', MessageBody: 'x' },
    { Id: 'bad', MessageBody: '' },
  ])
  expect(sent.Successful).toMatchObject([{ Id: 'good' }])
  expect(sent.Failed).toMatchObject([{ Id: 'bad', Code: 'MissingParameter', SenderFault: true }])
  const [message] = await receive(url)
  const entries = [
    { Id: '1', ReceiptHandle: message?.ReceiptHandle },
    { Id: '2', ReceiptHandle: 'nonsense' },
  ]
  const outcome = { Successful: [{ Id: '1' }], Failed: [{ Id: '2', Code: 'ReceiptHandleIsInvalid' }] }
  const changes = entries.map((entry) => ({ ...entry, VisibilityTimeout: 5 }))
  expect(await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries: changes }))).toMatchObject(
    outcome,
  )
  expect(await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }))).toMatchObject(outcome)

  const entry = (Id: string, MessageBody = 'x') => ({ Id, MessageBody })
  await expect(sendAll([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' })
  await expect(sendAll([entry('a'), entry('a')])).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' })
  await expect(sendAll([entry('a b')])).rejects.toMatchObject({ name: 'InvalidBatchEntryId' })
  const eleven = Array.from({ length: 11 }, (_, index) => entry(String(index)))
  await expect(sendAll(eleven)).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' })
  const half = 'x'.repeat(600_000)
  await expect(sendAll([entry('a', half), entry('b', half)])).rejects.toMatchObject({ name: 'BatchRequestTooLong' })
})

describe('a FIFO queue', () => {
  const fifo = (name: string, more: Record<string, string> = {}) =>
    create(`${name}.fifo`, { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...more })

  test('keeps the order of a group, one receiver at a time', async () => {
    const url = await fifo('ordered')
    for (const [MessageGroupId, body] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['b', 'b1'],
    ] as const)
      await send(url, body, { MessageGroupId })
    const [first] = await receive(url, { MaxNumberOfMessages: 1, MessageSystemAttributeNames: ['All'] })
    expect(first).toMatchObject({ Body: 'a1', Attributes: { MessageGroupId: 'a' } })
    expect(await bodies(url)).toEqual(['b1'])
    const handle = { QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }
    const next = bodies(url, { WaitTimeSeconds: 20 })
    await client.send(new DeleteMessageCommand(handle))
    expect(await next).toEqual(['a2'])
    const [last] = await ((later += 60_000), receive(url, { MaxNumberOfMessages: 1 }))
    later += 30_000
    await expect(
      client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: last?.ReceiptHandle })),
    ).rejects.toMatchObject(invalidValue)
  })

  test('takes a message once in five minutes', async () => {
    const url = await fifo('once')
    const first = await send(url, 'x', { MessageGroupId: 'a' })
    expect(await send(url, 'x', { MessageGroupId: 'b' })).toMatchObject({
      MessageId: first.MessageId,
      SequenceNumber: first.SequenceNumber,
    })
    later += 300_000
    await send(url, 'x', { MessageGroupId: 'a' })
    expect(await bodies(url)).toEqual(['x', 'x'])
    const perGroup = await fifo('scoped', { DeduplicationScope: 'messageGroup' })
    for (const MessageGroupId of ['a', 'b', 'b']) await send(perGroup, 'x', { MessageGroupId })
    expect(await bodies(perGroup)).toEqual(['x', 'x'])
  })

  test('repeats what a receive attempt got', async () => {
    const url = await fifo('attempt')
    await send(url, 'x', { MessageGroupId: 'a' })
    const attempt = () => receive(url, { ReceiveRequestAttemptId: 'one' })
    const got = await attempt()
    expect(await attempt()).toEqual(got)
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: got[0]?.ReceiptHandle }))
    expect(await attempt()).toEqual([])
  })

  test('wants a group, a deduplication id, and no delay of a message', async () => {
    const url = await fifo('wanting', { ContentBasedDeduplication: 'false' })
    await expect(send(url, 'x')).rejects.toMatchObject({ Code: 'MissingParameter' })
    await expect(send(url, 'x', { MessageGroupId: 'a' })).rejects.toMatchObject(invalidValue)
    const full = { MessageGroupId: 'a', MessageDeduplicationId: 'd' }
    await expect(send(url, 'x', { ...full, DelaySeconds: 1 })).rejects.toMatchObject(invalidValue)
    expect(await send(url, 'x', full)).toMatchObject({ SequenceNumber: expect.stringMatching(/^\d{20}$/) })
    await expect(create('unmarked.fifo')).rejects.toMatchObject(invalidValue)
  })
})
