import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import {
  CreateModelCommand,
  CreateTransformJobCommand,
  DescribeTransformJobCommand,
  ListTransformJobsCommand,
  StopTransformJobCommand,
} from '@aws-sdk/client-sagemaker'
import type { CreateTransformJobCommandInput } from '@aws-sdk/client-sagemaker'
import type { SageMakerPlatform } from './testing.ts'
import { RoleArn, archiveOf, bucket, image, sagemakerPlatform, until } from './testing.ts'

let local: SageMakerPlatform

jest.setTimeout(30_000) // processes start slowly on a busy machine

const inference = `
import json, os, time
calls = 0
seen = set()
under_way = 0
def model_fn(folder): return None
def transform_fn(model, body, content_type, accept):
    global calls
    calls += 1
    rows = [json.loads(line) for line in body.splitlines()]
    if any(row.get("slow") for row in rows): time.sleep(30)
    for row in rows:
        if row.get("once") and row["x"] not in seen:
            seen.add(row["x"]); raise RuntimeError("not yet")
    global under_way
    under_way += 1
    at_once = under_way
    time.sleep(sum(row.get("pause", 0) for row in rows))
    under_way -= 1
    return "".join(json.dumps({"p": row["x"] / 2, "call": calls, "at_once": at_once, "batch": os.environ["SAGEMAKER_BATCH_STRATEGY"]}) + "\\n" for row in rows)
`
const transform = (name: string, more: Partial<CreateTransformJobCommandInput> = {}, key = 'in/test.jsonl') =>
  local.sagemaker.send(
    new CreateTransformJobCommand({
      TransformJobName: name,
      ModelName: 'half',
      BatchStrategy: 'MultiRecord',
      MaxPayloadInMB: 1,
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://${bucket}/${key}` } },
        ContentType: 'application/jsonlines',
        SplitType: 'Line',
      },
      TransformOutput: {
        S3OutputPath: `s3://${bucket}/out/${name}`,
        Accept: 'application/jsonlines',
        AssembleWith: 'Line',
      },
      TransformResources: { InstanceType: 'ml.m5.large', InstanceCount: 1 },
      DataProcessing: { InputFilter: '$.features', JoinSource: 'Input' },
      ...more,
    }),
  )
const describe = (TransformJobName: string) =>
  local.sagemaker.send(new DescribeTransformJobCommand({ TransformJobName }))
const ended = (name: string) =>
  until(
    () => describe(name),
    ({ TransformJobStatus: status }) => status !== 'InProgress' && status !== 'Stopping',
  )
const lines = async (key: string) => {
  const text = (await local.get(key)).toString()
  expect(text.endsWith('\n')).toBe(true)
  return text.trimEnd().split('\n')
}
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error) => error,
  )

const echo = `
def model_fn(folder): return None
def transform_fn(model, body, content_type, accept):
    return "".join(line.replace(",3", "|3").replace(",5", "|5") + "\\n" for line in body.splitlines()), accept
`
const createModel = async (ModelName: string, code: string) => {
  await local.put(`models/${ModelName}.tar.gz`, await archiveOf({ 'code/inference.py': code }))
  await local.sagemaker.send(
    new CreateModelCommand({
      ModelName,
      ExecutionRoleArn: RoleArn,
      PrimaryContainer: {
        Image: image,
        ModelDataUrl: `s3://${bucket}/models/${ModelName}.tar.gz`,
        Environment: { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' },
      },
    }),
  )
}

beforeAll(async () => {
  local = await sagemakerPlatform()
  await createModel('half', inference)
  await createModel('echo', echo)
  const rows = Array.from({ length: 22_000 }, (_, x) => `{"row":${x}, "label":9007199254740993,"features":{"x":${x}}}`)
  await local.put('in/test.jsonl', rows.join('\n'))
})
afterAll(() => local.end())

test('22,000 lines are scored in few requests, each beside its input, byte for byte', async () => {
  await transform('score', { Tags: [{ Key: 'run', Value: 'one' }] })
  const job = await ended('score')
  expect(job).toMatchObject({ TransformJobStatus: 'Completed', ModelName: 'half', BatchStrategy: 'MultiRecord' })
  const scored = await lines('out/score/test.jsonl.out')
  expect(scored).toHaveLength(22_000)
  expect(scored[7]).toBe(
    '{"row":7, "label":9007199254740993,"features":{"x":7},"SageMakerOutput":{"p":3.5,"call":1,"at_once":1,"batch":"MULTI_RECORD"}}',
  )
  expect(JSON.parse(scored.at(-1) ?? '')).toMatchObject({ row: 21_999, SageMakerOutput: { p: 10_999.5, call: 1 } })
  expect((job.TransformEndTime?.getTime() ?? Infinity) - (job.TransformStartTime?.getTime() ?? 0)).toBeLessThan(5000)
  const told = local.events.filter(({ detail }) => detail['TransformJobName'] === 'score')
  expect(told.at(-1)).toMatchObject({
    detailType: 'SageMaker Transform Job State Change',
    detail: { TransformJobStatus: 'Completed', Tags: { run: 'one' } },
  })
})

test('batches keep to MaxPayloadInMB, single records go one by one, the output filter takes a part', async () => {
  const wide = 'y'.repeat(300_000)
  await local.put('wide/a.jsonl', [1, 2, 3, 4].map((x) => `{"x":${x},"wide":"${wide}"}`).join('\n'))
  await local.put('wide/deep/b.jsonl', '{"x":1}\r\n\r\n{"x":2}\r\n')
  await Promise.all([
    transform('wide', { DataProcessing: {} }, 'wide/'),
    transform('single', { BatchStrategy: 'SingleRecord', DataProcessing: { OutputFilter: '$.p' } }, 'wide/deep/'),
  ])
  expect((await ended('wide')).TransformJobStatus).toBe('Completed')
  const calls = (await lines('out/wide/a.jsonl.out')).map((line) => (JSON.parse(line) as { call: number }).call)
  expect(calls).toEqual([1, 1, 1, 2])
  expect(await lines('out/wide/deep/b.jsonl.out')).toHaveLength(2)
  expect((await ended('single')).TransformJobStatus).toBe('Completed')
  expect(await lines('out/single/b.jsonl.out')).toEqual(['0.5', '1'])
})

test('an object with a bad record has no output, the others have, and the job says why it failed', async () => {
  await local.put('mixed/bad.jsonl', '{"features":{"z":1}}\n')
  await local.put('mixed/good.jsonl', '{"features":{"x":1}}\n')
  await local.put('unreadable/a.jsonl', '{"features":\n')
  await Promise.all([
    transform('mixed', {}, 'mixed/'),
    transform('unreadable', {}, 'unreadable/'),
    transform('none', {}, 'no/'),
  ])
  const mixed = await ended('mixed')
  expect(mixed).toMatchObject({
    TransformJobStatus: 'Failed',
    FailureReason: 'AlgorithmError: See job logs for more information',
  })
  expect(await lines('out/mixed/good.jsonl.out')).toHaveLength(1)
  expect(await refusal(local.get('out/mixed/bad.jsonl.out'))).toMatchObject({ name: 'NoSuchKey' })
  expect((await ended('unreadable')).FailureReason).toBe('ClientError: See job logs for more information')
  expect((await ended('none')).FailureReason).toMatch(/^ClientError: .*No S3 objects found under S3 URL/)
})

test('CSV rows lose columns before the model and gain its answer after; compressed objects are opened', async () => {
  await local.put('rows/a.csv.gz', gzipSync('7,"x, y",3\n8,plain,5\n'))
  const rows = (name: string, DataProcessing: object) =>
    transform(
      name,
      {
        ModelName: 'echo',
        MaxConcurrentTransforms: 4,
        BatchStrategy: 'SingleRecord',
        TransformInput: {
          DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://${bucket}/rows/` } },
          ContentType: 'text/csv',
          SplitType: 'Line',
          CompressionType: 'Gzip',
        },
        TransformOutput: { S3OutputPath: `s3://${bucket}/out/${name}`, Accept: 'text/csv', AssembleWith: 'Line' },
        DataProcessing,
      },
      'rows/',
    )
  await Promise.all([
    rows('joined', { InputFilter: '$[1:]', JoinSource: 'Input' }),
    rows('filtered', { InputFilter: '$[0,-1]', JoinSource: 'Input', OutputFilter: '$[0,-1]' }),
  ])
  expect((await ended('joined')).TransformJobStatus).toBe('Completed')
  expect(await lines('out/joined/a.csv.gz.out')).toEqual(['7,"x, y",3,"x, y"|3', '8,plain,5,plain|5'])
  expect((await ended('filtered')).TransformJobStatus).toBe('Completed')
  expect(await lines('out/filtered/a.csv.gz.out')).toEqual(['7,7|3', '8,8|5'])
})

test('several batches are under way at once, and a refused one is asked again', async () => {
  await local.put('many/a.jsonl', Array.from({ length: 6 }, (_, x) => `{"x":${x},"pause":0.3,"once":true}`).join('\n'))
  await transform(
    'many',
    {
      BatchStrategy: 'SingleRecord',
      MaxConcurrentTransforms: 6,
      ModelClientConfig: { InvocationsMaxRetries: 1, InvocationsTimeoutInSeconds: 10 },
      DataProcessing: { JoinSource: 'Input', OutputFilter: "$['x','SageMakerOutput']" },
    },
    'many/',
  )
  expect((await ended('many')).TransformJobStatus).toBe('Completed')
  const scored = (await lines('out/many/a.jsonl.out')).map((line) => JSON.parse(line))
  expect(scored.map(({ x }) => x)).toEqual([0, 1, 2, 3, 4, 5])
  expect(Object.keys(scored[0])).toEqual(['x', 'SageMakerOutput'])
  expect(Math.max(...scored.map(({ SageMakerOutput }) => SageMakerOutput.at_once))).toBeGreaterThan(1)
})

test('jobs are listed; a killed container fails its job', async () => {
  await local.put('dies/a.jsonl', '{"x":1,"slow":true}\n')
  await local.control.kill({ kind: 'transform-job', name: 'dies', afterMs: 300 })
  await transform('dies', { DataProcessing: {} }, 'dies/')
  expect(await ended('dies')).toMatchObject({
    TransformJobStatus: 'Failed',
    FailureReason: 'AlgorithmError: See job logs for more information',
  })
  const { TransformJobSummaries } = await local.sagemaker.send(
    new ListTransformJobsCommand({ NameContains: 'die', StatusEquals: 'Failed' }),
  )
  expect(TransformJobSummaries).toMatchObject([{ TransformJobName: 'dies' }])
})

test('a job can be stopped; names, models and filters are checked first', async () => {
  await local.put('slow/a.jsonl', '{"features":{"x":1,"slow":true}}\n')
  await transform('slow', {}, 'slow/')
  await until(
    () => describe('slow'),
    ({ TransformStartTime }) => TransformStartTime !== undefined,
  )
  await local.sagemaker.send(new StopTransformJobCommand({ TransformJobName: 'slow' }))
  expect((await ended('slow')).TransformJobStatus).toBe('Stopped')
  expect(await refusal(transform('slow'))).toMatchObject({ name: 'ResourceInUse' })
  expect(await refusal(transform('other', { ModelName: 'nothing' }))).toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('Could not find model'),
  })
  expect(await refusal(transform('filter', { DataProcessing: { InputFilter: '$..x' } }))).toMatchObject({
    name: 'ValidationException',
  })
  expect(await refusal(describe('unknown'))).toMatchObject({ name: 'ValidationException' })
})
