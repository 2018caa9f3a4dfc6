import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RemoveTagsFromStreamCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
  waitUntilStreamExists,
  waitUntilStreamNotExists,
} from '@aws-sdk/client-kinesis'
import type { GetShardIteratorCommandInput } from '@aws-sdk/client-kinesis'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryPlatform } from '../../core/testing.ts'
import { until } from '../../core/until.ts'
import * as kinesis from './index.ts'

let later = 0
let pace = 1000
const clock = {
  now: () => Date.now() + later,
  sleep: (ms: number, signal?: AbortSignal) => wait(ms, undefined, signal && { signal }),
  pace: (ms: number) => ms / pace,
}
let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let client: KinesisClient
beforeAll(async () => {
  platform = await temporaryPlatform({ services: [kinesis], clock })
  client = new KinesisClient({ ...platform.client, maxAttempts: 1 })
  client.middlewareStack.add(
    (next) => (args) => {
      client.config.systemClockOffset = later
      return next(args)
    },
    { step: 'build' },
  )
})
afterAll(async () => {
  client.destroy()
  await platform.end()
})

const status = async (StreamName: string) =>
  (await client.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary?.StreamStatus
const active = (StreamName: string) =>
  until(
    () => status(StreamName),
    (now) => now === 'ACTIVE',
  )
const create = async (StreamName: string, ShardCount = 1) => {
  await client.send(new CreateStreamCommand({ StreamName, ShardCount }))
  await active(StreamName)
}
const put = (StreamName: string, text: string, PartitionKey = 'k') =>
  client.send(new PutRecordCommand({ StreamName, PartitionKey, Data: Buffer.from(text) }))
const iterator = async (StreamName: string, more: Partial<GetShardIteratorCommandInput> = {}) => {
  const place = { ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON', ...more } as const
  return (await client.send(new GetShardIteratorCommand({ StreamName, ...place }))).ShardIterator
}
const read = async (ShardIterator: string | undefined, Limit?: number) => {
  const { Records = [], ...rest } = await client.send(new GetRecordsCommand({ ShardIterator, ...(Limit && { Limit }) }))
  return { ...rest, texts: Records.map(({ Data }) => Buffer.from(Data ?? '').toString()), Records }
}

describe('a stream', () => {
  test('speaks HTTP/2 with the SDK, is made and unmade with time, and is listed', async () => {
    expect(client.config.requestHandler).toHaveProperty('metadata.handlerProtocol', 'h2')
    pace = 1
    await client.send(new CreateStreamCommand({ StreamName: 'first', ShardCount: 2, Tags: { a: '1' } }))
    expect(await status('first')).toBe('CREATING')
    await expect(put('first', 'x')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    later += 10_000
    await waitUntilStreamExists({ client, maxWaitTime: 5, minDelay: 1, maxDelay: 1 }, { StreamName: 'first' })
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName: 'first' }))
    expect(StreamDescription).toMatchObject({
      StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/first',
      StreamStatus: 'ACTIVE',
      RetentionPeriodHours: 24,
      EncryptionType: 'NONE',
      HasMoreShards: false,
      Shards: [
        { ShardId: 'shardId-000000000000', HashKeyRange: { StartingHashKey: '0' } },
        { HashKeyRange: { EndingHashKey: '340282366920938463463374607431768211455' } },
      ],
    })
    await expect(create('first')).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Stream first under account 000000000000 already exists.',
    })
    expect((await client.send(new ListStreamsCommand({ Limit: 1 }))).StreamNames).toEqual(['first'])
    await client.send(new DeleteStreamCommand({ StreamName: 'first' }))
    expect(await status('first')).toBe('DELETING')
    later += 10_000
    await waitUntilStreamNotExists({ client, maxWaitTime: 5, minDelay: 1, maxDelay: 1 }, { StreamName: 'first' })
    await expect(status('first')).rejects.toThrow('Stream first under account 000000000000 not found.')
    pace = 1000
  })

  test('keeps tags, retention, encryption and mode', async () => {
    const StreamName = 'settings'
    await create(StreamName)
    await client.send(new AddTagsToStreamCommand({ StreamName, Tags: { b: '2', a: '1' } }))
    await client.send(new RemoveTagsFromStreamCommand({ StreamName, TagKeys: ['a'] }))
    expect((await client.send(new ListTagsForStreamCommand({ StreamName }))).Tags).toEqual([{ Key: 'b', Value: '2' }])
    await client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }))
    await expect(
      client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 })),
    ).rejects.toMatchObject({ name: 'InvalidArgumentException' })
    await client.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 36 }))
    const key = { StreamName, EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } as const
    pace = 1
    await client.send(new StartStreamEncryptionCommand(key))
    await expect(client.send(new StopStreamEncryptionCommand(key))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Stream settings under account 000000000000 not ACTIVE, instead in state UPDATING',
    })
    pace = 1000
    later += 10_000
    await active(StreamName)
    const summary = await client.send(new DescribeStreamSummaryCommand({ StreamName }))
    expect(summary.StreamDescriptionSummary).toMatchObject({
      EncryptionType: 'KMS',
      KeyId: key.KeyId,
      RetentionPeriodHours: 36,
      OpenShardCount: 1,
    })
    await client.send(new StopStreamEncryptionCommand(key))
    await active(StreamName)
    const StreamARN = summary.StreamDescriptionSummary?.StreamARN
    await client.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }))
    await active(StreamName)
    expect((await client.send(new DescribeStreamSummaryCommand({ StreamARN }))).StreamDescriptionSummary).toMatchObject(
      {
        EncryptionType: 'NONE',
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      },
    )
  })
})

describe('records', () => {
  test('are read in their order from any place', async () => {
    const StreamName = 'ordered'
    await create(StreamName)
    const latest = await iterator(StreamName, { ShardIteratorType: 'LATEST' })
    const sequences: (string | undefined)[] = []
    for (const text of ['a', 'b', 'c']) sequences.push((await put(StreamName, text)).SequenceNumber)
    expect(sequences.toReversed().toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual(sequences)
    const [, StartingSequenceNumber] = sequences
    const from = async (more: Partial<GetShardIteratorCommandInput>) =>
      (await read(await iterator(StreamName, more))).texts
    expect((await read(latest)).texts).toEqual(['a', 'b', 'c'])
    expect(await from({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['b', 'c'])
    expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['c'])
    expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(0) })).toEqual(['a', 'b', 'c'])
    const first = await read(await iterator(StreamName), 2)
    expect(first).toMatchObject({ texts: ['a', 'b'], MillisBehindLatest: expect.any(Number) })
    expect(first.Records[0]).toMatchObject({
      PartitionKey: 'k',
      SequenceNumber: expect.stringMatching(/^49\d{54}$/),
      ApproximateArrivalTimestamp: expect.any(Date),
    })
    const second = await read(first.NextShardIterator)
    expect(second).toMatchObject({ texts: ['c'], MillisBehindLatest: 0 })
    expect((await read(second.NextShardIterator)).texts).toEqual([])
  })

  test('are kept as long as the stream says, and an iterator five minutes', async () => {
    const StreamName = 'aging'
    await create(StreamName)
    await put(StreamName, 'old')
    const early = await iterator(StreamName)
    later += 299_000
    expect((await read(early)).texts).toEqual(['old'])
    later += 2_000
    await expect(read(early)).rejects.toMatchObject({ name: 'ExpiredIteratorException' })
    later += 24 * 3_600_000
    await put(StreamName, 'new')
    expect((await read(await iterator(StreamName))).texts).toEqual(['new'])
  })

  test('are refused by themselves when a shard has taken enough in this second', async () => {
    const StreamName = 'busy'
    await create(StreamName)
    const Records = ['a', 'b', 'c'].map((PartitionKey) => ({ PartitionKey, Data: Buffer.alloc(500_000) }))
    const reply = await client.send(new PutRecordsCommand({ StreamName, Records }))
    expect(reply).toMatchObject({
      FailedRecordCount: 1,
      Records: [
        { ShardId: 'shardId-000000000000' },
        {},
        { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: expect.stringContaining('stream busy') },
      ],
    })
    later += 1000
    await put(StreamName, 'again')
  })

  test('that cannot be, and places that are not there, are refused', async () => {
    const StreamName = 'strict'
    await create(StreamName)
    await expect(put(StreamName, 'x'.repeat(1_048_577))).rejects.toThrow('less than or equal to 1048576')
    const record = { StreamName, PartitionKey: 'k', Data: Buffer.from('') }
    await expect(
      client.send(new PutRecordCommand({ ...record, ExplicitHashKey: `3${'9'.repeat(38)}` })),
    ).rejects.toThrow('Invalid ExplicitHashKey.')
    await expect(client.send(new PutRecordCommand({ PartitionKey: 'k', Data: Buffer.from('') }))).rejects.toMatchObject(
      {
        name: 'InvalidArgumentException',
      },
    )
    await expect(read('bm9wZQ==')).rejects.toThrow('Invalid ShardIterator.')
    await expect(iterator(StreamName, { ShardId: 'shardId-9' })).rejects.toThrow('does not exist')
    await expect(
      iterator(StreamName, { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '1' }),
    ).rejects.toThrow('did not come from this stream')
  })
})

describe('shards', () => {
  test('take their part of the hash keys; after a change of their number the old ones end in the new', async () => {
    const StreamName = 'wide'
    await create(StreamName)
    await put(StreamName, 'before')
    const before = await read(await iterator(StreamName))
    await client.send(new UpdateShardCountCommand({ StreamName, TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }))
    await active(StreamName)
    await expect(
      client.send(new UpdateShardCountCommand({ StreamName, TargetShardCount: 9, ScalingType: 'UNIFORM_SCALING' })),
    ).rejects.toThrow('cannot scale up over double')
    const put0 = { StreamName, PartitionKey: 'k', Data: Buffer.from('low'), ExplicitHashKey: '0' }
    expect((await client.send(new PutRecordCommand(put0))).ShardId).toBe('shardId-000000000001')
    const ended = await read(before.NextShardIterator)
    expect(ended.NextShardIterator).toBeUndefined()
    expect(ended.ChildShards?.map(({ ShardId, ParentShards }) => [ShardId, ParentShards])).toEqual([
      ['shardId-000000000001', ['shardId-000000000000']],
      ['shardId-000000000002', ['shardId-000000000000']],
    ])
    const ids = async (input: object) =>
      (await client.send(new ListShardsCommand({ StreamName, ...input }))).Shards?.map(({ ShardId }) => ShardId?.at(-1))
    expect(await ids({})).toEqual(['0', '1', '2'])
    expect(await ids({ ShardFilter: { Type: 'AT_LATEST' } })).toEqual(['1', '2'])
    expect(await ids({ ShardFilter: { Type: 'AT_TRIM_HORIZON' } })).toEqual(['0'])
    const page = await client.send(new ListShardsCommand({ StreamName, MaxResults: 2 }))
    const rest = await client.send(new ListShardsCommand({ NextToken: page.NextToken }))
    expect(rest.Shards?.map(({ ShardId }) => ShardId?.at(-1))).toEqual(['2'])
  })
})
