import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { setTimeout } from 'node:timers/promises'
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListEndpointsCommand,
  ListModelsCommand,
  UpdateEndpointCommand,
} from '@aws-sdk/client-sagemaker'
import type { CreateEndpointConfigCommandInput } from '@aws-sdk/client-sagemaker'
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { InvokeEndpointCommandInput } from '@aws-sdk/client-sagemaker-runtime'
import { InvokeEndpointCommand } from '@aws-sdk/client-sagemaker-runtime'
import type { Clock } from '../../core/clock.ts'
import type { SageMakerPlatform } from './testing.ts'
import { RoleArn, archiveOf, bucket, image, sagemakerPlatform, until } from './testing.ts'

let local: SageMakerPlatform

jest.setTimeout(30_000) // processes start slowly on a busy machine

/** Real time, but for the patience with containers that are never healthy. */
const impatient: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => setTimeout(Math.min(ms, 4000), undefined, signal ? { signal } : {}),
  pace: (ms) => ms / 1000,
}

const inference = `
import json, os, sys, time
def model_fn(folder):
    settings = json.load(open(os.path.join(folder, "model.json")))
    if settings.get("broken"): raise RuntimeError("no such model")
    time.sleep(settings.get("loading", 0))
    return settings
def input_fn(body, content_type):
    if content_type != "application/json": raise ValueError(f"what is {content_type}?")
    return json.loads(body)
def predict_fn(data, model):
    if data.get("die"): os._exit(9)
    time.sleep(data.get("sleep", 0))
    return {"answer": data["x"] * model["factor"], "tag": os.environ.get("HOPLINE_MODEL"), "pid": os.getpid()}
def output_fn(prediction, accept):
    return json.dumps(prediction), accept
`
const modelData = async (name: string, settings: object) => {
  const files = { 'model.json': JSON.stringify(settings), 'code/inference.py': inference }
  await local.put(`models/${name}.tar.gz`, await archiveOf(files))
  return `s3://${bucket}/models/${name}.tar.gz`
}
const createModel = (ModelName: string, ModelDataUrl: string) =>
  local.sagemaker.send(
    new CreateModelCommand({
      ModelName,
      ExecutionRoleArn: RoleArn,
      PrimaryContainer: {
        Image: image,
        ModelDataUrl,
        Environment: {
          SAGEMAKER_PROGRAM: 'inference.py',
          SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code',
          HOPLINE_MODEL: ModelName,
        },
      },
    }),
  )
const createConfig = (name: string, more: Partial<CreateEndpointConfigCommandInput> = {}) =>
  local.sagemaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: name,
      ProductionVariants: [
        { VariantName: 'AllTraffic', ModelName: name, InstanceType: 'ml.m5.large', InitialInstanceCount: 1 },
      ],
      ...more,
    }),
  )
const prepare = async (name: string, settings: object, more?: Partial<CreateEndpointConfigCommandInput>) => {
  await createModel(name, await modelData(name, settings))
  await createConfig(name, more)
}
const create = (EndpointName: string, EndpointConfigName: string) =>
  local.sagemaker.send(new CreateEndpointCommand({ EndpointName, EndpointConfigName }))
const update = (EndpointName: string, EndpointConfigName: string) =>
  local.sagemaker.send(new UpdateEndpointCommand({ EndpointName, EndpointConfigName }))
const describe = (EndpointName: string) => local.sagemaker.send(new DescribeEndpointCommand({ EndpointName }))
const settled = (name: string) =>
  until(
    () => describe(name),
    ({ EndpointStatus: status }) => status === 'InService' || status === 'Failed',
  )
const invoke = async (EndpointName: string, body: object, more: Partial<InvokeEndpointCommandInput> = {}) => {
  const reply = await local.runtime.send(
    new InvokeEndpointCommand({ EndpointName, ContentType: 'application/json', Body: JSON.stringify(body), ...more }),
  )
  return { ...reply, answer: JSON.parse(reply.Body.transformToString()) as Record<string, unknown> }
}
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error) => error,
  )

beforeAll(async () => {
  local = await sagemakerPlatform({ clock: impatient })
  await Promise.all([
    prepare('double', { factor: 2 }),
    prepare('triple', { factor: 3 }),
    prepare('bad', { broken: true }),
    prepare('endless', { loading: 600 }),
  ])
  await create('silent', 'endless')
  await create('live', 'double')
  await settled('live')
})
afterAll(() => local.end())

test('an endpoint comes into service when /ping says 200, and answers with its variant', async () => {
  const found = await describe('live')
  expect(found).toMatchObject({
    EndpointStatus: 'InService',
    EndpointConfigName: 'double',
    ProductionVariants: [{ VariantName: 'AllTraffic', CurrentInstanceCount: 1, CurrentWeight: 1 }],
  })
  expect(found.PendingDeploymentSummary).toBeUndefined()
  const reply = await invoke('live', { x: 21 })
  expect(reply.answer).toMatchObject({ answer: 42, tag: 'double' })
  expect(reply).toMatchObject({ ContentType: 'application/json', InvokedProductionVariant: 'AllTraffic' })
  const states = local.events.filter(({ detail }) => detail['EndpointName'] === 'live')
  expect(states.map(({ detail }) => detail['EndpointStatus'])).toEqual(['CREATING', 'IN_SERVICE'])
})

test('a model that fails is a ModelError with its own words; an unknown endpoint is a ValidationError', async () => {
  expect(await refusal(invoke('live', { y: 1 }))).toMatchObject({
    name: 'ModelError',
    OriginalStatusCode: 500,
    OriginalMessage: expect.stringContaining('KeyError'),
    LogStreamArn: expect.stringContaining('/aws/sagemaker/Endpoints/live'),
    $metadata: { httpStatusCode: 424 },
  })
  expect(await refusal(invoke('unknown', { x: 1 }))).toMatchObject({
    name: 'ValidationError',
    message: `Endpoint unknown of account 000000000000 not found.`,
  })
  expect(await refusal(invoke('live', { x: 1 }, { TargetVariant: 'Other' }))).toMatchObject({ name: 'ValidationError' })
  expect(await refusal(invoke('live', { x: 'x'.repeat(25 * 1024 ** 2) }))).toMatchObject({
    name: 'ValidationError',
    message: expect.stringMatching(/^The payload has \d+ bytes, more than 26214400\.$/),
  })
})

test('an update moves the traffic without a failed prediction; a bad one leaves what serves', async () => {
  const answers = new Set<unknown>()
  const caller = async () => {
    while (!answers.has('triple')) answers.add((await invoke('live', { x: 1, sleep: 0.01 })).answer['tag'])
  }
  const callers = [caller(), caller()]
  await update('live', 'triple')
  expect(await refusal(update('live', 'double'))).toMatchObject({
    name: 'ValidationException',
    message: 'Cannot update in-progress endpoint "arn:aws:sagemaker:us-east-1:000000000000:endpoint/live".',
  })
  expect(await describe('live')).toMatchObject({
    EndpointStatus: 'Updating',
    EndpointConfigName: 'double',
    PendingDeploymentSummary: { EndpointConfigName: 'triple' },
  })
  expect(await settled('live')).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'triple' })
  expect((await invoke('live', { x: 7 })).answer).toMatchObject({ answer: 21, tag: 'triple' })
  await Promise.all(callers)
  expect([...answers]).toEqual(['double', 'triple'])

  await update('live', 'bad')
  const kept = await settled('live')
  expect(kept).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'triple' })
  expect(kept.FailureReason).toMatch(
    /^The primary container for production variant AllTraffic did not pass the ping health check/,
  )
  expect((await invoke('live', { x: 7 })).answer).toMatchObject({ answer: 21 })
})

test('an endpoint that never becomes healthy is Failed, and its name is free once it is deleted', async () => {
  await create('sick', 'bad')
  expect(await refusal(local.sagemaker.send(new DeleteEndpointCommand({ EndpointName: 'sick' })))).toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('Cannot update in-progress endpoint'),
  })
  const sick = await settled('sick')
  expect(sick).toMatchObject({ EndpointStatus: 'Failed', FailureReason: expect.stringContaining('ping health check') })
  expect(await refusal(update('sick', 'double'))).toMatchObject({ name: 'ValidationException' })
  expect(await refusal(invoke('sick', { x: 1 }))).toMatchObject({ name: 'ValidationError' })
  await local.sagemaker.send(new DeleteEndpointCommand({ EndpointName: 'sick' }))
  await create('sick', 'double')
  expect(await settled('sick')).toMatchObject({ EndpointStatus: 'InService' })
  const listed = await local.sagemaker.send(new ListEndpointsCommand({ StatusEquals: 'InService', SortBy: 'Name' }))
  expect(listed.Endpoints?.map(({ EndpointName }) => EndpointName)).toEqual(['sick', 'live'])
  await local.sagemaker.send(new DeleteEndpointCommand({ EndpointName: 'sick' }))
  await until(
    () => refusal(describe('sick')),
    (error) => error?.message === 'Could not find endpoint "arn:aws:sagemaker:us-east-1:000000000000:endpoint/sick".',
  )
})

test('a container that dies is replaced', async () => {
  const { pid } = (await invoke('live', { x: 1 })).answer
  expect(await refusal(invoke('live', { die: true }))).toMatchObject({ name: 'ModelError', OriginalStatusCode: 0 })
  const again = () => invoke('live', { x: 1 }).then(({ answer }) => answer['pid'], String)
  expect(await until(again, (answer) => typeof answer === 'number')).not.toBe(pid)
})

test('captured invocations lie in S3 as lines with both sides', async () => {
  await createConfig('captured', {
    ProductionVariants: [
      { VariantName: 'main', ModelName: 'double', InstanceType: 'ml.m5.large', InitialInstanceCount: 1 },
    ],
    DataCaptureConfig: {
      EnableCapture: true,
      InitialSamplingPercentage: 100,
      DestinationS3Uri: `s3://${bucket}/captured`,
      CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
      CaptureContentTypeHeader: { JsonContentTypes: ['application/json'] },
    },
  })
  await create('watched', 'captured')
  await settled('watched')
  const { answer } = await invoke('watched', { x: 4 }, { InferenceId: 'flight-1' })
  const { Contents } = await until(
    () => local.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'captured/watched/main/' })),
    ({ KeyCount }) => KeyCount === 1,
  )
  const key = Contents?.[0]?.Key ?? ''
  expect(key).toMatch(/^captured\/watched\/main\/\d{4}\/\d\d\/\d\d\/\d\d\/\d\d-\d\d-\d{3}-[\w-]+\.jsonl$/)
  const [line = '', ...others] = (await local.get(key)).toString().trimEnd().split('\n')
  expect(others).toEqual([])
  const captured = JSON.parse(line)
  expect(captured).toMatchObject({
    captureData: {
      endpointInput: { observedContentType: 'application/json', mode: 'INPUT', data: '{"x":4}', encoding: 'JSON' },
      endpointOutput: { mode: 'OUTPUT', encoding: 'JSON' },
    },
    eventMetadata: { inferenceId: 'flight-1' },
  })
  expect(JSON.parse(captured.captureData.endpointOutput.data)).toEqual(answer)
})

test('an endpoint whose /ping never says 200 is Failed when its time is over', async () => {
  expect(await settled('silent')).toMatchObject({
    EndpointStatus: 'Failed',
    FailureReason: expect.stringContaining('ping health check'),
  })
})

test('models and configs are created once, and named when they are not there', async () => {
  const arn = 'arn:aws:sagemaker:us-east-1:000000000000'
  expect(await refusal(createModel('double', 's3://b/k'))).toMatchObject({
    name: 'ValidationException',
    message: `Cannot create already existing model "${arn}:model/double".`,
  })
  expect(await refusal(createConfig('double'))).toMatchObject({
    message: `Cannot create already existing endpoint configuration "${arn}:endpoint-config/double".`,
  })
  expect(await refusal(create('live', 'double'))).toMatchObject({
    message: `Cannot create already existing endpoint "${arn}:endpoint/live".`,
  })
  expect(await refusal(create('other', 'nothing'))).toMatchObject({
    message: `Could not find endpoint configuration "${arn}:endpoint-config/nothing".`,
  })
  expect(await refusal(createConfig('no-model'))).toMatchObject({
    message: `Could not find model "${arn}:model/no-model".`,
  })
  const config = await local.sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: 'double' }))
  expect(config.ProductionVariants?.[0]).toMatchObject({ ModelName: 'double', InitialVariantWeight: 1 })
  const found = await local.sagemaker.send(new DescribeModelCommand({ ModelName: 'double' }))
  expect(found).toMatchObject({ PrimaryContainer: { Image: image }, ExecutionRoleArn: RoleArn })
  const { Models } = await local.sagemaker.send(new ListModelsCommand({ SortBy: 'Name', SortOrder: 'Ascending' }))
  expect(Models?.map(({ ModelName }) => ModelName)).toEqual(['bad', 'double', 'endless', 'triple'])
})

test('what was in service answers again after a restart, its config and model deleted or not', async () => {
  await local.sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: 'triple' }))
  await local.sagemaker.send(new DeleteModelCommand({ ModelName: 'triple' }))
  await local.close()
  local = await sagemakerPlatform({ stateDir: local.stateDir })
  expect((await invoke('live', { x: 7 })).answer).toMatchObject({ answer: 21, tag: 'triple' })
  expect(await describe('live')).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'triple' })
})
