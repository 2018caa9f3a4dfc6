import { gzipSync } from 'node:zlib'
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../core/until.ts'
import * as iamService from '../iam/index.ts'
import * as s3Service from '../s3/index.ts'
import { statesPlatform } from './testing.ts'
import type { StatesPlatform } from './testing.ts'

let platform: StatesPlatform
let s3: S3Client

beforeAll(async () => {
  platform = await statesPlatform([iamService, s3Service])
  s3 = new S3Client(platform.client)
  await s3.send(new CreateBucketCommand({ Bucket: 'data' }))
})
afterAll(() => platform.end())

const put = (Key: string, Body: string | Uint8Array) => s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body }))
const get = async (Key: string) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'data', Key }))
  return (await Body?.transformToString()) ?? ''
}
const processor = (States: object, ExecutionType = 'STANDARD') => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
  StartAt: Object.keys(States)[0],
  States,
})
const work = { Work: { Type: 'Pass', End: true } }
const oddFails = {
  Odd: {
    Type: 'Choice',
    Choices: [{ Condition: '{% $states.input % 2 = 1 %}', Next: 'Refuse' }],
    Default: 'Take',
  },
  Refuse: { Type: 'Fail', Error: 'Odd', Cause: 'is odd' },
  Take: { Type: 'Pass', End: true },
}
const map = (fields: object) => ({
  Each: { Type: 'Map', Label: 'Each', ItemProcessor: processor(work), End: true, ...fields },
})
const run = (fields: object, input: unknown = {}) => platform.run(map(fields), input)
const typesOf = async (executionArn: string | undefined) => {
  const { events = [] } = await platform.sfn.send(new GetExecutionHistoryCommand({ executionArn }))
  return events.map(({ type }) => type)
}
const runOf = async (executionArn: string | undefined) => {
  const { mapRuns = [] } = await platform.sfn.send(new ListMapRunsCommand({ executionArn }))
  return platform.sfn.send(new DescribeMapRunCommand({ mapRunArn: mapRuns[0]?.mapRunArn }))
}
const childrenOf = async (mapRunArn: string | undefined) => {
  const { executions = [] } = await platform.sfn.send(new ListExecutionsCommand({ mapRunArn }))
  return executions
}

// Sources: Step Functions Developer Guide, "Using Map state in Distributed mode", "ItemReader (Map)", "ItemBatcher (Map)",
// "ResultWriter (Map)", "Viewing a Distributed Map Run execution"; API reference, DescribeMapRun.
describe('a distributed Map', () => {
  it('runs a child execution an item, and gives their outputs in order', async () => {
    const { output, executionArn } = await run({ ItemSelector: { v: '{% $states.context.Map.Item.Value %}' } }, [1, 2])
    expect(output).toEqual([{ v: 1 }, { v: 2 }])
    expect(await typesOf(executionArn)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ])
    const described = await runOf(executionArn)
    expect(described).toMatchObject({
      executionArn,
      status: 'SUCCEEDED',
      maxConcurrency: 0,
      toleratedFailureCount: 0,
      toleratedFailurePercentage: 0,
      itemCounts: { succeeded: 2, failed: 0, total: 2 },
      executionCounts: { succeeded: 2, pending: 0, total: 2 },
      redriveCount: 0,
    })
    const [child] = await childrenOf(described.mapRunArn)
    expect(child?.stateMachineArn).toMatch(/:stateMachine:machine-\d+\/Each$/)
    expect(await typesOf(child?.executionArn)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ])
    const { executionArn: childArn } = child ?? {}
    expect(await platform.sfn.send(new DescribeExecutionCommand({ executionArn: childArn }))).toMatchObject({
      mapRunArn: described.mapRunArn,
      status: 'SUCCEEDED',
    })
    const machine = await platform.sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn: childArn }))
    expect(JSON.parse(machine.definition ?? '')).toEqual({ QueryLanguage: 'JSONata', StartAt: 'Work', States: work })
  })

  it('fails with the first child that fails, unless failures are tolerated', async () => {
    const failed = await run({ ItemProcessor: processor(oddFails) }, [2, 3, 4])
    expect(failed).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    })
    expect((await typesOf(failed.executionArn)).slice(3)).toEqual([
      'MapRunStarted',
      'MapRunFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ])
    expect(await runOf(failed.executionArn)).toMatchObject({ status: 'FAILED', itemCounts: { failed: 1 } })
    const tolerated = await run({ ItemProcessor: processor(oddFails), ToleratedFailurePercentage: 50 }, [1, 2])
    expect(tolerated.output).toEqual([{ Error: 'Odd', Cause: 'is odd' }, 2])
  })

  it('batches its items, and counts all items of a batch that fails', async () => {
    const batched = await run({ ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { run: 'a' } } }, [1, 2, 3])
    expect(batched.output).toEqual([
      { BatchInput: { run: 'a' }, Items: [1, 2] },
      { BatchInput: { run: 'a' }, Items: [3] },
    ])
    const failing = { Refuse: { Type: 'Fail' } }
    const { executionArn, status } = await run(
      { ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 1, ItemProcessor: processor(failing) },
      [1, 2],
    )
    expect(status).toBe('FAILED')
    expect(await runOf(executionArn)).toMatchObject({ itemCounts: { failed: 2 }, executionCounts: { failed: 1 } })
  })

  it('runs Express children, which have no history', async () => {
    const { output, executionArn } = await run({ ItemProcessor: processor(work, 'EXPRESS') }, [1])
    expect(output).toEqual([1])
    const [child] = await childrenOf((await runOf(executionArn)).mapRunArn)
    expect(await typesOf(child?.executionArn)).toEqual([])
  })

  it('fails when the machine’s role may not start executions of the machine', async () => {
    const deny = { Effect: 'Deny', Action: 'states:StartExecution', Resource: '*' }
    const policy = { RoleName: 'machine', PolicyName: 'no-children' }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [deny] })
    const iam = new IAMClient(platform.client)
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }))
    const { error, cause } = await run({}, [1])
    await iam.send(new DeleteRolePolicyCommand(policy))
    expect(error).toBe('States.Permissions')
    expect(cause).toContain('role/machine is not authorized to perform: states:StartExecution on resource: ')
  })

  it('is aborted with its children when the execution is stopped', async () => {
    const waiting = { Wait: { Type: 'Wait', Seconds: 60, End: true } }
    const executionArn = await platform.start(await platform.create(map({ ItemProcessor: processor(waiting) })), [1, 2])
    await until(
      () => runOf(executionArn),
      ({ executionCounts }) => executionCounts?.running === 2,
    )
    await platform.sfn.send(new StopExecutionCommand({ executionArn }))
    expect(await runOf(executionArn)).toMatchObject({ status: 'ABORTED', executionCounts: { aborted: 2 } })
    expect((await typesOf(executionArn)).slice(3)).toEqual([
      'MapRunStarted',
      'MapRunAborted',
      'MapStateAborted',
      'ExecutionAborted',
    ])
  })
})

describe('ItemReader', () => {
  const read = (ReaderConfig: object | undefined, Key: string, verb = 'getObject', place: object = { Key }) =>
    run({
      ItemReader: {
        Resource: `arn:aws:states:::s3:${verb}`,
        Arguments: { Bucket: 'data', ...place },
        ...(ReaderConfig && { ReaderConfig }),
      },
    })

  it.each([
    ['CSV', { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, '\ufeffid,name\n1,"a ""b"",\nc"\r\n2\n\n'],
    [
      'CSV with headers of its own',
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['id', 'name'], CSVDelimiter: 'PIPE' },
      '1|"a ""b"",\nc"\n2',
    ],
    ['JSONL', { InputType: 'JSONL' }, '{"id":"1","name":"a \\"b\\",\\nc"}\n\n{"id":"2","name":""}\n'],
    ['JSON', { InputType: 'JSON' }, '[{"id":"1","name":"a \\"b\\",\\nc"},{"id":"2","name":""}]'],
    [
      'a part of JSON',
      { InputType: 'JSON', ItemsPointer: '/a~1b/1' },
      '{"a/b":[0,[{"id":"1","name":"a \\"b\\",\\nc"},{"id":"2","name":""}]]}',
    ],
  ])('reads %s', async (_, config, text) => {
    await put('items', text)
    expect((await read(config, 'items')).output).toEqual([
      { id: '1', name: 'a "b",\nc' },
      { id: '2', name: '' },
    ])
  })

  it('reads at most MaxItems', async () => {
    await put('items', '[1,2,3]')
    expect((await read({ InputType: 'JSON', MaxItems: '{% 1 + 1 %}' }, 'items')).output).toEqual([1, 2])
  })

  it('lists objects, or loads them', async () => {
    await put('parts/a.jsonl', '1\n2\n')
    await put('parts/b.jsonl', '3\n')
    const listed = await read(undefined, '', 'listObjectsV2', { Prefix: 'parts/' })
    expect(listed.output).toMatchObject([
      { Key: 'parts/a.jsonl', Size: 4, StorageClass: 'STANDARD', LastModified: expect.any(Number) },
      { Key: 'parts/b.jsonl', Etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) },
    ])
    const config = { InputType: 'JSONL', Transformation: 'LOAD_AND_FLATTEN' }
    expect((await read(config, '', 'listObjectsV2', { Prefix: 'parts/' })).output).toEqual([1, 2, 3])
  })

  it('reads what a manifest names', async () => {
    await put('inventory/data.csv.gz', gzipSync('"data","a%20b","7"\n'))
    await put(
      'inventory/manifest.json',
      JSON.stringify({
        sourceBucket: 'data',
        destinationBucket: 'arn:aws:s3:::data',
        fileFormat: 'CSV',
        fileSchema: 'Bucket, Key, Size',
        files: [{ key: 'inventory/data.csv.gz', size: 1, MD5checksum: 'x' }],
      }),
    )
    const inventory = await read({ InputType: 'MANIFEST' }, 'inventory/manifest.json')
    expect(inventory.output).toEqual([{ Bucket: 'data', Key: 'a%20b', Size: '7' }])
    await put('unload/1.csv', 'a\n1\n')
    await put('unload/manifest.csv', 's3://data/unload/1.csv\n')
    const athena = await read({ InputType: 'CSV', ManifestType: 'ATHENA_DATA' }, 'unload/manifest.csv')
    expect(athena.output).toEqual([{ a: '1' }])
  })

  it.each([
    ['an object that is not there', { InputType: 'JSON' }, 'none', 'The specified key does not exist.'],
    ['JSON that is no list', { InputType: 'JSON' }, 'object', 'Attempting to map over non-iterable node.'],
    ['an object of no type', {}, 'object', 'ReaderConfig needs an InputType of CSV, JSON, JSONL or MANIFEST.'],
  ])('fails with States.ItemReaderFailed for %s', async (_, config, key, cause) => {
    await put('object', '{}')
    const failed = await read(config, key)
    expect(failed).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed', cause })
    expect((await typesOf(failed.executionArn)).slice(2)).toEqual([
      'MapStateStarted',
      'MapRunStarted',
      'MapRunFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ])
  })
})

describe('ResultWriter', () => {
  const Resource = 'arn:aws:states:::s3:putObject'

  it('writes a file a status and a manifest', async () => {
    const { output, executionArn } = await run(
      {
        ItemProcessor: processor(oddFails),
        ToleratedFailureCount: 1,
        ResultWriter: { Resource, Arguments: { Bucket: 'data', Prefix: 'results' } },
      },
      [1, 2],
    )
    const { mapRunArn = '' } = await runOf(executionArn)
    const id = mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1)
    expect(output).toEqual({
      MapRunArn: mapRunArn,
      ResultWriterDetails: { Bucket: 'data', Key: `results/${id}/manifest.json` },
    })
    const { ResultFiles, ...manifest } = JSON.parse(await get(`results/${id}/manifest.json`))
    expect(manifest).toEqual({ DestinationBucket: 'data', MapRunArn: mapRunArn })
    expect(ResultFiles).toMatchObject({
      FAILED: [{ Key: `results/${id}/FAILED_0.json` }],
      PENDING: [],
      SUCCEEDED: [{ Key: `results/${id}/SUCCEEDED_0.json` }],
    })
    expect(JSON.parse(await get(ResultFiles.SUCCEEDED[0].Key))).toMatchObject([
      { Input: '2', InputDetails: { Included: true }, Output: '2', Status: 'SUCCEEDED', RedriveCount: 0 },
    ])
    expect(JSON.parse(await get(ResultFiles.FAILED[0].Key))).toMatchObject([
      { Input: '1', Error: 'Odd', Cause: 'is odd', Status: 'FAILED' },
    ])
  })

  it('transforms what it writes, and what it only hands on', async () => {
    const config = { Transformation: 'FLATTEN', OutputType: 'JSONL' }
    const arrays = { Work: { Type: 'Pass', Output: '{% [$states.input, 0] %}', End: true } }
    const { output } = await run(
      {
        ItemProcessor: processor(arrays),
        ResultWriter: { Resource, Arguments: { Bucket: 'data' }, WriterConfig: config },
      },
      [1, 2],
    )
    const { Key } = output.ResultWriterDetails
    expect(await get(Key.replace('manifest.json', 'SUCCEEDED_0.jsonl'))).toBe('1\n0\n2\n0\n')
    const compact = await run({ ResultWriter: { WriterConfig: { Transformation: 'COMPACT' } } }, [1, 2])
    expect(compact.output).toEqual([1, 2])
  })

  it('also writes what a Map Run gave that fails', async () => {
    const { error, executionArn } = await run(
      {
        ItemProcessor: processor(oddFails),
        ResultWriter: { Resource, Arguments: { Bucket: 'data', Prefix: 'lost/' } },
      },
      [1],
    )
    expect(error).toBe('States.ExceedToleratedFailureThreshold')
    const { mapRunArn = '' } = await runOf(executionArn)
    const { ResultFiles } = JSON.parse(await get(`lost/${mapRunArn.replace(/.*:/, '')}/manifest.json`))
    expect(ResultFiles).toMatchObject({ FAILED: [{ Size: expect.any(Number) }], SUCCEEDED: [] })
  })

  it('fails with States.ResultWriterFailed where it cannot write', async () => {
    const failed = await run({ ResultWriter: { Resource, Arguments: { Bucket: 'nowhere' } } }, [1])
    expect(failed).toMatchObject({ error: 'States.ResultWriterFailed', cause: 'The specified bucket does not exist' })
  })
})

it('redriving the execution runs only children that did not succeed', async () => {
  const reads = { Resource: 'arn:aws:states:::aws-sdk:s3:headBucket', End: true }
  const States = { Look: { Type: 'Task', ...reads, Arguments: { Bucket: '{% $states.input %}' } } }
  const failed = await run({ ItemProcessor: processor(States), MaxConcurrency: 1, ToleratedFailureCount: 0 }, [
    'data',
    'later',
    'data',
  ])
  expect(failed.error).toBe('States.ExceedToleratedFailureThreshold')
  await s3.send(new CreateBucketCommand({ Bucket: 'later' }))
  await platform.sfn.send(new RedriveExecutionCommand({ executionArn: failed.executionArn }))
  expect(await platform.ended(failed.executionArn ?? '')).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 })
  expect((await typesOf(failed.executionArn)).slice(7)).toEqual([
    'ExecutionRedriven',
    'MapRunRedriven',
    'MapRunSucceeded',
    'MapStateSucceeded',
    'MapStateExited',
    'ExecutionSucceeded',
  ])
  const described = await runOf(failed.executionArn)
  expect(described).toMatchObject({ redriveCount: 1, executionCounts: { succeeded: 3, total: 3 } })
  const children = await childrenOf(described.mapRunArn)
  expect(children.filter(({ redriveCount }) => redriveCount === 1)).toHaveLength(1)
  expect(children).toHaveLength(3)
})
