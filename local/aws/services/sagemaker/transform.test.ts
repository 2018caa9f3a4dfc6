import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  CreateModelCommand,
  CreateTransformJobCommand,
  DescribeTransformJobCommand,
  StopTransformJobCommand,
} from '@aws-sdk/client-sagemaker'
import type { CreateTransformJobCommandInput } from '@aws-sdk/client-sagemaker'
import type { SageMakerPlatform } from './testing.ts'
import { RoleArn, archiveOf, bucket, image, sagemakerPlatform, until } from './testing.ts'

let local: SageMakerPlatform

const inference = `
import json, os, time
calls = 0
def model_fn(folder): return None
def transform_fn(model, body, content_type, accept):
    global calls
    calls += 1
    rows = [json.loads(line) for line in body.splitlines()]
    if any(row.get("slow") for row in rows): time.sleep(30)
    return "".join(json.dumps({"p": row["x"] / 2, "call": calls, "batch": os.environ["SAGEMAKER_BATCH_STRATEGY"]}) + "\\n" for row in rows)
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

beforeAll(async () => {
  local = await sagemakerPlatform()
  await local.put('models/half.tar.gz', await archiveOf({ 'code/inference.py': inference }))
  await local.sagemaker.send(
    new CreateModelCommand({
      ModelName: 'half',
      ExecutionRoleArn: RoleArn,
      PrimaryContainer: {
        Image: image,
        ModelDataUrl: `s3://${bucket}/models/half.tar.gz`,
        Environment: { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' },
      },
    }),
  )
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
    '{"row":7, "label":9007199254740993,"features":{"x":7},"SageMakerOutput":{"p":3.5,"call":1,"batch":"MULTI_RECORD"}}',
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
