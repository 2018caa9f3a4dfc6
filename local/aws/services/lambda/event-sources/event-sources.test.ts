import {
  CreateStreamCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis'
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import type { CreateEventSourceMappingCommandInput } from '@aws-sdk/client-lambda'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { capableRole, temporaryPlatform } from '../../../core/testing.ts'
import { until } from '../../../core/until.ts'
import * as kinesis from '../../kinesis/index.ts'
import * as sqs from '../../sqs/index.ts'
import * as lambda from '../index.ts'

const seenDir = mkdtempSync(join(tmpdir(), 'hopline-seen-'))
let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let functions: LambdaClient
let queues: SQSClient
let streams: KinesisClient
let Role: string
beforeAll(async () => {
  platform = await temporaryPlatform({ services: [sqs, kinesis, lambda], pace: 1000 })
  functions = new LambdaClient({ ...platform.client, maxAttempts: 1 })
  queues = new SQSClient(platform.client)
  streams = new KinesisClient(platform.client)
  Role = capableRole(platform.platform, 'work', 'lambda.amazonaws.com')
})
afterAll(async () => {
  streams.destroy()
  await platform.end()
  rmSync(seenDir, { recursive: true, force: true })
})

/** A function that notes each batch before `body` decides what comes of it; `texts` are the records' own texts. */
const create = (FunctionName: string, body = '', role = Role) =>
  functions.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: role,
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 10,
      Code: {
        ZipFile: zipSync({
          'index.js': strToU8(`
            let calls = 0
            exports.handler = async (event) => {
              calls += 1
              const idOf = (record) => record.messageId ?? record.kinesis.sequenceNumber
              const textOf = (record) => record.body ?? Buffer.from(record.kinesis.data, 'base64').toString()
              const texts = event.Records.map(textOf)
              const failed = (...wanted) => ({
                batchItemFailures: event.Records.filter((record) => wanted.includes(textOf(record))).map((record) => ({ itemIdentifier: idOf(record) })),
              })
              require('node:fs').appendFileSync(${JSON.stringify(seenDir)} + '/${FunctionName}', JSON.stringify({ texts, event }) + '\\n')
              ${body}
            }`),
        }),
      },
    }),
  )
interface Seen {
  readonly texts: string[]
  readonly event: { readonly Records: Record<string, unknown>[] }
}
const seen = (name: string): Seen[] =>
  existsSync(join(seenDir, name))
    ? readFileSync(join(seenDir, name), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    : []
const batches = (name: string) => seen(name).map(({ texts }) => texts)
const batchesAre = (name: string, wanted: readonly (readonly string[])[]) =>
  expect(
    until(
      () => batches(name),
      (all) => all.length >= wanted.length,
    ),
  ).resolves.toEqual(wanted)

const arnOf = (QueueUrl: string) => `arn:aws:sqs:us-east-1:000000000000:${QueueUrl.split('/').at(-1)}`
const queue = async (QueueName: string, VisibilityTimeout = '30') => {
  const made = await queues.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout } }))
  return made.QueueUrl ?? ''
}
const send = (QueueUrl: string, ...bodies: string[]) =>
  Promise.all(bodies.map((MessageBody) => queues.send(new SendMessageCommand({ QueueUrl, MessageBody }))))
const counted = async (QueueUrl: string) => {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  )
  return AttributeNames.map((name) => Number(Attributes?.[name]))
}
const left = async (QueueUrl: string) => (await counted(QueueUrl)).reduce((a, b) => a + b)
const stream = async (StreamName: string, ShardCount = 1) => {
  await streams.send(new CreateStreamCommand({ StreamName, ShardCount }))
  await until(
    () => platform.platform.store.table<{ transition?: { until: number } }>('kinesis.streams').get(StreamName),
    (record) => (record?.transition?.until ?? 0) < platform.platform.clock.now(),
  )
  return `arn:aws:kinesis:us-east-1:000000000000:stream/${StreamName}`
}
const put = (StreamName: string, ...texts: string[]) =>
  streams.send(
    new PutRecordsCommand({
      StreamName,
      Records: texts.map((text) => ({ PartitionKey: 'k', Data: Buffer.from(text) })),
    }),
  )
const map = (FunctionName: string, EventSourceArn: string, more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
  functions.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn, ...more }))
const fromStart = { StartingPosition: 'TRIM_HORIZON' } as const

describe('a queue', () => {
  test('is read in batches; what was handled is gone', async () => {
    const url = await queue('plain')
    await send(url, 'a')
    await create('plain')
    const mapping = await map('plain', arnOf(url))
    expect(mapping).toMatchObject({ State: 'Creating', BatchSize: 10, MaximumBatchingWindowInSeconds: 0 })
    expect(mapping.$metadata.httpStatusCode).toBe(202)
    await batchesAre('plain', [['a']])
    expect(seen('plain')[0]?.event.Records).toEqual([
      {
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: 'a',
        attributes: expect.objectContaining({ ApproximateReceiveCount: '1', SentTimestamp: expect.any(String) }),
        messageAttributes: {},
        md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
        eventSource: 'aws:sqs',
        eventSourceARN: arnOf(url),
        awsRegion: 'us-east-1',
      },
    ])
    await until(
      () => left(url),
      (count) => count === 0,
    )
    await send(url, 'b')
    await batchesAre('plain', [['a'], ['b']])
    const { UUID } = mapping
    expect((await functions.send(new GetEventSourceMappingCommand({ UUID }))).State).toBe('Enabled')
    await functions.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }))
    expect((await functions.send(new GetEventSourceMappingCommand({ UUID }))).State).toBe('Disabled')
    await send(url, 'c')
    expect(await left(url)).toBe(1)
    await functions.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true, BatchSize: 1 }))
    await batchesAre('plain', [['a'], ['b'], ['c']])
    const listed = await functions.send(new ListEventSourceMappingsCommand({ FunctionName: 'plain' }))
    expect(listed.EventSourceMappings?.map((one) => one.UUID)).toEqual([UUID])
    expect((await functions.send(new DeleteEventSourceMappingCommand({ UUID }))).State).toBe('Deleting')
    await expect(functions.send(new GetEventSourceMappingCommand({ UUID }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  test('keeps what the function says it failed on, and all of a batch that it threw for', async () => {
    const url = await queue('partial', '10')
    await send(url, 'good', 'bad')
    await create('partial', "if (texts.includes('worse')) throw new Error('no'); return failed('bad')")
    await map('partial', arnOf(url), { FunctionResponseTypes: ['ReportBatchItemFailures'] })
    await until(
      () => left(url),
      (count) => count === 1,
    )
    await send(url, 'worse')
    await until(
      () => batches('partial').flat(),
      (texts) => texts.includes('worse'),
    )
    expect(await left(url)).toBe(2)
  })

  test('gives only what a filter matches and drops the rest; a window gathers', async () => {
    const url = await queue('filtered')
    await create('filtered')
    await map('filtered', arnOf(url), {
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["x",{"prefix":"y"}]}}' }] },
    })
    const bodies = ['{"kind":"x"}', '{"kind":"z"}', 'no json', '{"kind":"yes"}']
    await send(url, ...bodies)
    await until(
      () => batches('filtered').flat(),
      (texts) => texts.length === 2,
    )
    expect(batches('filtered').flat().toSorted()).toEqual(['{"kind":"x"}', '{"kind":"yes"}'])
    await until(
      () => left(url),
      (count) => count === 0,
    )
  })

  test('waits while its function has no room', async () => {
    const url = await queue('narrow', '10')
    await create('narrow')
    await functions.send(new PutFunctionConcurrencyCommand({ FunctionName: 'narrow', ReservedConcurrentExecutions: 0 }))
    await map('narrow', arnOf(url))
    await send(url, 'held')
    await until(
      () => counted(url),
      ([, received]) => received === 1,
    )
    expect([batches('narrow'), await left(url)]).toEqual([[], 1])
  })
})

describe('a stream', () => {
  test('is read in order from where the mapping starts, filtered, one batch after the other', async () => {
    const arn = await stream('ordered')
    await put('ordered', '{"n":1}', '{"n":2}', '{"n":3}')
    await create('ordered')
    const { UUID } = await map('ordered', arn, {
      ...fromStart,
      BatchSize: 2,
      FilterCriteria: {
        Filters: [{ Pattern: '{"data":{"n":[{"anything-but":2}]}}' }],
      },
    })
    await batchesAre('ordered', [['{"n":1}'], ['{"n":3}']])
    expect(seen('ordered')[0]?.event.Records[0]).toEqual({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: 'k',
        sequenceNumber: expect.stringMatching(/^49\d{54}$/),
        data: Buffer.from('{"n":1}').toString('base64'),
        approximateArrivalTimestamp: expect.any(Number),
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: expect.stringMatching(/^shardId-000000000000:49\d{54}$/),
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: Role,
      awsRegion: 'us-east-1',
      eventSourceARN: arn,
    })
    await functions.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }))
    await put('ordered', '{"n":4}')
    await functions.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }))
    await batchesAre('ordered', [['{"n":1}'], ['{"n":3}'], ['{"n":4}']])
  })

  test('is tried again from the first failed record on; what is given up is told to the destination', async () => {
    const arn = await stream('poison')
    const dead = await queue('poison-dead')
    await put('poison', 'a', 'bad', 'c')
    await create('poison', "return failed('bad')")
    await map('poison', arn, {
      ...fromStart,
      MaximumRetryAttempts: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: arnOf(dead) } },
    })
    await batchesAre('poison', [
      ['a', 'bad', 'c'],
      ['bad', 'c'],
    ])
    const { Messages } = await queues.send(new ReceiveMessageCommand({ QueueUrl: dead, WaitTimeSeconds: 5 }))
    expect(JSON.parse(Messages?.[0]?.Body ?? '{}')).toMatchObject({
      version: '1.0',
      requestContext: {
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:poison',
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      KinesisBatchInfo: { shardId: 'shardId-000000000000', batchSize: 2, streamArn: arn },
    })
    await put('poison', 'd')
    await until(
      () => batches('poison').at(-1),
      (last) => last?.[0] === 'd',
    )
  })

  test('is halved until the failing record is alone', async () => {
    const arn = await stream('halved')
    await put('halved', 'a', 'b', 'bad', 'd')
    await create('halved', "if (texts.includes('bad')) throw new Error('bad')")
    await map('halved', arn, { ...fromStart, MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true })
    await batchesAre('halved', [['a', 'b', 'bad', 'd'], ['a', 'b'], ['bad', 'd'], ['bad'], ['d']])
  })

  test('leaves behind what has grown too old', async () => {
    const arn = await stream('aged')
    const dead = await queue('aged-dead')
    await create('aged', "if (texts.includes('old')) throw new Error('not yet')")
    await put('aged', 'old')
    await map('aged', arn, {
      ...fromStart,
      MaximumRecordAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: arnOf(dead) } },
    })
    await until(
      () => batches('aged').length,
      (tries) => tries >= 2,
    )
    await platform.platform.clock.advance?.(61_000)
    await put('aged', 'new')
    await until(
      () => batches('aged').at(-1),
      (last) => last?.[0] === 'new',
    )
    const { Messages } = await queues.send(new ReceiveMessageCommand({ QueueUrl: dead, WaitTimeSeconds: 5 }))
    expect(JSON.parse(Messages?.[0]?.Body ?? '{}')).toMatchObject({
      requestContext: { condition: 'RecordAgeExceeded' },
      KinesisBatchInfo: { batchSize: 1, streamArn: arn },
    })
  })

  test('is read in every shard, and in those that come later', async () => {
    const arn = await stream('growing')
    await create('growing')
    await put('growing', 'too early')
    await map('growing', arn, { StartingPosition: 'LATEST', ParallelizationFactor: 4 })
    await until(
      () => platform.platform.store.table('lambda.checkpoints').list(),
      (all) => all.length > 0,
    )
    await put('growing', 'first')
    await batchesAre('growing', [['first']])
    await streams.send(
      new UpdateShardCountCommand({ StreamName: 'growing', TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }),
    )
    for (const ExplicitHashKey of ['0', `3${'0'.repeat(38)}`]) {
      const record = { StreamName: 'growing', PartitionKey: 'k', Data: Buffer.from(ExplicitHashKey.slice(0, 1)) }
      await streams.send(new PutRecordCommand({ ...record, ExplicitHashKey }))
    }
    await until(
      () => batches('growing').flat(),
      (texts) => texts.length === 3,
    )
    expect(batches('growing').flat().toSorted()).toEqual(['0', '3', 'first'])
  })
})

describe('a mapping', () => {
  test('that could not work is refused', async () => {
    const url = await queue('short', '1')
    await create('refusing')
    const refusal = (request: Promise<unknown>) => expect(request).rejects
    await refusal(map('refusing', arnOf(url))).toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'Queue visibility timeout: 1 seconds is less than Function timeout: 10 seconds',
    })
    await refusal(map('refusing', arnOf('nowhere'))).toThrow(
      'SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    )
    await refusal(map('nobody', arnOf(url))).toThrow('Function does not exist')
    await refusal(map('refusing', 'arn:aws:kinesis:us-east-1:000000000000:stream/none', fromStart)).toMatchObject({
      name: 'ResourceNotFoundException',
    })
    await refusal(map('refusing', arnOf(url), { BatchSize: 20 })).toThrow('Maximum batch window')
    await refusal(map('refusing', arnOf(url), fromStart)).toThrow('StartingPosition is not valid')
    const wrong = { FilterCriteria: { Filters: [{ Pattern: '{"body":"x"}' }] } }
    await refusal(map('refusing', arnOf(url), wrong)).toThrow('Invalid filter pattern definition.')
    const powerless = capableRole(platform.platform, 'powerless', 'lambda.amazonaws.com')
    const roles = platform.platform.store.table<Record<string, unknown>>('iam.roles')
    roles.put('powerless', { ...roles.get('powerless'), inline: {} })
    await create('powerless', '', powerless)
    await refusal(map('powerless', arnOf(url))).toThrow(
      'The provided execution role does not have permissions to call ReceiveMessage on SQS',
    )
    const fine = await queue('fine')
    await map('refusing', arnOf(fine))
    await refusal(map('refusing', arnOf(fine))).toMatchObject({ name: 'ResourceConflictException' })
  })
})
