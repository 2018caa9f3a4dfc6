import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  UpdateEndpointCommand,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from '@aws-sdk/client-sagemaker'
import type {
  CreateEndpointConfigCommandInput,
  DeploymentConfig,
  UpdateEndpointCommandInput,
} from '@aws-sdk/client-sagemaker'
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import * as z from 'zod'
import * as cloudwatchService from '../cloudwatch/index.ts'
import type { SageMakerPlatform } from './testing.ts'
import { RoleArn, archiveOf, bucket, image, sagemakerPlatform, until } from './testing.ts'

let local: SageMakerPlatform

jest.setTimeout(30_000) // processes start slowly on a busy machine
let cloudwatch: CloudWatchClient

const inference = `
import json, os, time
def model_fn(folder): return os.environ["NAME"]
def transform_fn(model, body, content_type, accept):
    if model == "bad": raise RuntimeError("bad")
    if body == "hang": time.sleep(600)
    return model, accept
`
const variant = (name: string, more: object = {}) => ({
  VariantName: 'AllTraffic',
  ModelName: name,
  InstanceType: 'ml.m5.large' as const,
  InitialInstanceCount: 2,
  ...more,
})
const createConfig = (name: string, more: Partial<CreateEndpointConfigCommandInput> = {}) =>
  local.sagemaker.send(
    new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants: [variant(name)], ...more }),
  )
const create = (EndpointName: string, EndpointConfigName: string) =>
  local.sagemaker.send(new CreateEndpointCommand({ EndpointName, EndpointConfigName }))
const update = (EndpointName: string, EndpointConfigName: string, more: Partial<UpdateEndpointCommandInput> = {}) =>
  local.sagemaker.send(new UpdateEndpointCommand({ EndpointName, EndpointConfigName, ...more }))
const describe = (EndpointName: string) => local.sagemaker.send(new DescribeEndpointCommand({ EndpointName }))
const settled = (name: string) =>
  until(
    () => describe(name),
    ({ EndpointStatus: status }) => status === 'InService' || status === 'Failed',
  )
const phase = (name: string, wanted: string) =>
  until(
    async () => (await describe(name)).PendingDeploymentSummary?.ProductionVariants?.[0]?.VariantStatus?.[0],
    (status) => `${status?.Status} ${status?.StatusMessage ?? ''}`.includes(wanted),
  )
const invoke = async (EndpointName: string, more: object = {}) => {
  const { Body } = await local.runtime.send(
    new InvokeEndpointCommand({ EndpointName, ContentType: 'text/csv', Accept: 'text/csv', Body: 'x', ...more }),
  )
  return Body.transformToString()
}
const answers = async (name: string, times: number) => {
  const all: string[] = []
  for (let call = 0; call < times; call++) all.push(await invoke(name).catch((error: Error) => error.name))
  return all
}
const shareOf = (all: readonly string[], wanted: string) => all.filter((each) => each === wanted).length / all.length
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error) => error,
  )
const policy = (
  TrafficRoutingConfiguration: NonNullable<DeploymentConfig['BlueGreenUpdatePolicy']>['TrafficRoutingConfiguration'],
  alarms: readonly string[] = [],
): DeploymentConfig => ({
  BlueGreenUpdatePolicy: { TrafficRoutingConfiguration, TerminationWaitInSeconds: 300 },
  ...(alarms.length > 0 && {
    AutoRollbackConfiguration: { Alarms: alarms.map((AlarmName) => ({ AlarmName })) },
  }),
})
const canary = (Value = 50) =>
  ({ Type: 'CANARY', CanarySize: { Type: 'CAPACITY_PERCENT', Value }, WaitIntervalInSeconds: 600 }) as const
const rolling = {
  RollingUpdatePolicy: {
    MaximumBatchSize: { Type: 'INSTANCE_COUNT', Value: 1 },
    WaitIntervalInSeconds: 120,
    RollbackMaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 50 },
  },
} as const satisfies DeploymentConfig
const told = (name: string, detailType: string) =>
  local.events
    .filter((event) => event.detailType === detailType && event.detail['EndpointName'] === name)
    .map(({ detail }) => detail)
const summary = z.object({
  ProductionVariants: z.array(z.object({ VariantStatus: z.array(z.object({ Status: z.string() })) })),
})
const phases = (name: string) =>
  told(name, 'SageMaker Endpoint Deployment State Change').map(
    ({ PendingDeploymentSummary }) =>
      summary.parse(PendingDeploymentSummary).ProductionVariants[0]?.VariantStatus[0]?.Status,
  )

beforeAll(async () => {
  local = await sagemakerPlatform({ services: [cloudwatchService], pace: 1 })
  cloudwatch = new CloudWatchClient(local.client)
  await local.put('models/m.tar.gz', await archiveOf({ 'code/inference.py': inference }))
  for (const name of ['blue', 'green', 'bad']) {
    await local.sagemaker.send(
      new CreateModelCommand({
        ModelName: name,
        ExecutionRoleArn: RoleArn,
        PrimaryContainer: {
          Image: image,
          ModelDataUrl: `s3://${bucket}/models/m.tar.gz`,
          Environment: {
            SAGEMAKER_PROGRAM: 'inference.py',
            SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code',
            NAME: name,
          },
        },
      }),
    )
    await createConfig(name)
  }
  await Promise.all(['canary', 'linear', 'guarded'].map((name) => create(name, 'blue')))
  for (const name of ['canary', 'linear', 'guarded']) await settled(name)
})
afterAll(() => local.end())

test('a canary gets its share, bakes, and then all of the traffic; each step is told', async () => {
  await update('canary', 'green', { DeploymentConfig: policy(canary()) })
  const baking = await phase('canary', 'canary capacity')
  expect(baking).toMatchObject({
    Status: 'Baking',
    StatusMessage:
      'Baking for 600 seconds (WaitIntervalInSeconds) with traffic enabled on canary capacity of 1 instance(s).',
  })
  expect(await describe('canary')).toMatchObject({ EndpointStatus: 'Updating', EndpointConfigName: 'blue' })
  const during = await answers('canary', 60)
  expect(shareOf(during, 'green')).toBeGreaterThan(0.2)
  expect(shareOf(during, 'blue')).toBeGreaterThan(0.2)
  await local.control.advance(601_000)
  await phase('canary', 'full capacity of 2 instance(s)')
  expect(new Set(await answers('canary', 5))).toEqual(new Set(['green']))
  await local.control.advance(301_000)
  const done = await settled('canary')
  expect(done).toMatchObject({
    EndpointConfigName: 'green',
    LastDeploymentConfig: { BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: 'CANARY' } } },
  })
  expect(done.FailureReason).toBeUndefined()
  expect(phases('canary')).toEqual(['Creating', 'ActivatingTraffic', 'Baking', 'ActivatingTraffic', 'Baking'])
  const states = told('canary', 'SageMaker Endpoint State Change').map(({ EndpointStatus }) => EndpointStatus)
  expect(states).toEqual(['CREATING', 'IN_SERVICE', 'UPDATING', 'IN_SERVICE'])
})

test('linear steps move the traffic part by part; the last deployment config can be used again', async () => {
  const LinearStepSize = { Type: 'CAPACITY_PERCENT', Value: 40 } as const
  const routing = { Type: 'LINEAR', LinearStepSize, WaitIntervalInSeconds: 60 } as const
  await update('linear', 'green', { DeploymentConfig: policy(routing) })
  const shares: number[] = []
  for (const wanted of ['linear step', 'linear step', 'full capacity']) {
    await phase('linear', wanted)
    shares.push(shareOf(await answers('linear', 40), 'green'))
    await local.control.advance(wanted === 'full capacity' ? 301_000 : 61_000)
  }
  expect(await settled('linear')).toMatchObject({ EndpointConfigName: 'green' })
  expect(shares[0]).toBeLessThan(0.65)
  expect(shares[1]).toBeGreaterThan(shares[0] ?? 1)
  expect(shares[2]).toBe(1)
  await update('linear', 'blue', { RetainDeploymentConfig: true })
  await phase('linear', 'linear step')
  for (const ms of [61_000, 61_000, 301_000]) await local.control.advance(ms)
  expect(await settled('linear')).toMatchObject({ EndpointConfigName: 'blue' })
})

test('an alarm that rings while a canary bakes brings the old config back', async () => {
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'guarded-5xx',
      Namespace: 'AWS/SageMaker',
      MetricName: 'Invocation5XXErrors',
      Dimensions: [
        { Name: 'EndpointName', Value: 'guarded' },
        { Name: 'VariantName', Value: 'AllTraffic' },
        { Name: 'EndpointConfigName', Value: 'bad' },
      ],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0.1,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    }),
  )
  await update('guarded', 'bad', { DeploymentConfig: policy(canary(), ['guarded-5xx']) })
  await phase('guarded', 'canary capacity')
  const during = await answers('guarded', 20)
  expect(new Set(during)).toEqual(new Set(['blue', 'ModelError']))
  await local.control.advance(70_000)
  const back = await settled('guarded')
  expect(back).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'blue' })
  expect(back.FailureReason).toBe(
    'One or more configured alarm(s) went into ALARM state: [guarded-5xx]. The deployment was rolled back.',
  )
  expect(back.PendingDeploymentSummary).toBeUndefined()
  expect(new Set(await answers('guarded', 10))).toEqual(new Set(['blue']))
  const states = told('guarded', 'SageMaker Endpoint State Change').map(({ EndpointStatus }) => EndpointStatus)
  expect(states).toEqual(['CREATING', 'IN_SERVICE', 'UPDATING', 'ROLLING_BACK', 'IN_SERVICE'])
  expect(phases('guarded').at(-1)).toBe('Deleting')

  await update('guarded', 'green', { DeploymentConfig: policy(canary(), ['no-such-alarm']) })
  expect((await settled('guarded')).FailureReason).toContain('could not be found: [no-such-alarm]')
})

test('a rolling update replaces batch by batch', async () => {
  await update('linear', 'green', { DeploymentConfig: rolling })
  expect(await phase('linear', 'batch capacity of 1 instance(s)')).toMatchObject({
    Status: 'Baking',
    StatusMessage:
      'Baking for 120 seconds (WaitIntervalInSeconds) with traffic enabled on batch capacity of 1 instance(s).',
  })
  expect(new Set(await answers('linear', 40))).toEqual(new Set(['blue', 'green']))
  await local.control.advance(121_000)
  await phase('linear', 'batch capacity of 2 instance(s)')
  expect(new Set(await answers('linear', 5))).toEqual(new Set(['green']))
  await local.control.advance(121_000)
  expect(await settled('linear')).toMatchObject({ EndpointConfigName: 'green', LastDeploymentConfig: rolling })
})

const watchRolling = () =>
  cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'rolling',
      Namespace: 'Own',
      MetricName: 'm',
      ComparisonOperator: 'GreaterThanThreshold',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      TreatMissingData: 'ignore',
    }),
  )
const ring = (StateValue: 'ALARM' | 'OK') =>
  cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'rolling', StateValue, StateReason: 'test' }))
/** Begins a rolling update and lets the alarm ring once all traffic has moved. */
const rollBackFromAll = async (name: string, config: string) => {
  await ring('OK')
  const AutoRollbackConfiguration = { Alarms: [{ AlarmName: 'rolling' }] }
  await update(name, config, { DeploymentConfig: { ...rolling, AutoRollbackConfiguration } })
  await phase(name, 'batch capacity of 1')
  await local.control.advance(121_000)
  await phase(name, 'batch capacity of 2')
  await ring('ALARM')
  await local.control.advance(11_000)
}
const failedRollback = async (name: string, config: string) => {
  const batch = { service: 'sagemaker', operation: 'RollBackEndpoint', input: name }
  await local.control.fault({ ...batch, skip: 1, throttle: true })
  await rollBackFromAll(name, config)
  await phase(name, 'Deleting')
  await local.control.advance(121_000)
  const mixed = await until(
    () => describe(name),
    ({ EndpointStatus }) => EndpointStatus === 'UpdateRollbackFailed',
  )
  await local.control.noFaults()
  return mixed
}

test('a rolling update is rolled back in batches; where that fails, both configs serve until the next update', async () => {
  await watchRolling()
  local.events.length = 0
  await rollBackFromAll('linear', 'blue')
  await phase('linear', 'Deleting')
  expect(new Set(await answers('linear', 40))).toEqual(new Set(['blue', 'green']))
  await local.control.advance(121_000)
  expect(await settled('linear')).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'green' })
  expect(new Set(await answers('linear', 5))).toEqual(new Set(['green']))

  const mixed = await failedRollback('linear', 'blue')
  expect(mixed.FailureReason).toContain('[rolling]. The deployment was rolled back. The rollback failed as well')
  expect(new Set(await answers('linear', 40))).toEqual(new Set(['blue', 'green']))
  const states = told('linear', 'SageMaker Endpoint State Change').map(({ EndpointStatus }) => EndpointStatus)
  const rollingBack = ['UPDATING', 'ROLLING_BACK']
  expect(states).toEqual([...rollingBack, 'IN_SERVICE', ...rollingBack, 'UPDATE_ROLLBACK_FAILED'])
  await update('linear', 'blue')
  const after = await settled('linear')
  expect(after).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'blue' })
  expect(after).not.toHaveProperty('FailureReason')
  expect(new Set(await answers('linear', 5))).toEqual(new Set(['blue']))
})

test('a deployment that its fleet or its time cannot bear is refused', async () => {
  await createConfig('single', { ProductionVariants: [variant('green', { InitialInstanceCount: 1 })] })
  const message = async (config: string, DeploymentConfig: DeploymentConfig) =>
    (await refusal(update('guarded', config, { DeploymentConfig })))?.message
  expect(await message('single', policy(canary()))).toContain('at least 2 instances')
  expect(await message('green', policy(canary(60)))).toContain('between 1 and 50 percent')
  const all = { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 } as const
  expect(
    await message('green', {
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: canary(),
        TerminationWaitInSeconds: 100,
        MaximumExecutionTimeoutInSeconds: 600,
      },
    }),
  ).toContain('MaximumExecutionTimeoutInSeconds')
  expect(await message('green', { ...policy(all), ...rolling })).toContain('exclude each other')
  expect(await message('single', rolling)).toContain('MaximumBatchSize must be between 5 and 50 percent')
  expect(await message('green', policy({ ...canary(), Type: 'ALL_AT_ONCE' }))).toContain('canarySize')
})

test('variants share the traffic by weight, answer when they are named, and get other weights in service', async () => {
  const two = [
    variant('blue', { VariantName: 'a', InitialVariantWeight: 3 }),
    variant('green', { VariantName: 'b', InitialVariantWeight: 1 }),
  ]
  await createConfig('two', { ProductionVariants: two })
  await create('weighted', 'two')
  await settled('weighted')
  const share = shareOf(await answers('weighted', 80), 'blue')
  expect(share).toBeGreaterThan(0.6)
  expect(share).toBeLessThan(0.9)
  expect(await invoke('weighted', { TargetVariant: 'b' })).toBe('green')
  const weigh = (VariantName: string, more: object) =>
    local.sagemaker.send(
      new UpdateEndpointWeightsAndCapacitiesCommand({
        EndpointName: 'weighted',
        DesiredWeightsAndCapacities: [{ VariantName, ...more }],
      }),
    )
  expect(await refusal(weigh('c', { DesiredWeight: 1 }))).toMatchObject({ name: 'ValidationException' })
  await weigh('a', { DesiredWeight: 0, DesiredInstanceCount: 5 })
  expect(await describe('weighted')).toMatchObject({
    EndpointStatus: 'Updating',
    ProductionVariants: [
      { CurrentWeight: 3, DesiredWeight: 0, CurrentInstanceCount: 2, DesiredInstanceCount: 5 },
      { CurrentWeight: 1, DesiredWeight: 1 },
    ],
  })
  expect(await refusal(weigh('a', { DesiredWeight: 1 }))).toMatchObject({
    message: expect.stringContaining('Cannot update in-progress endpoint'),
  })
  await local.control.advance(60_000)
  expect(await settled('weighted')).toMatchObject({ ProductionVariants: [{ CurrentWeight: 0 }, { CurrentWeight: 1 }] })
  expect(new Set(await answers('weighted', 10))).toEqual(new Set(['green']))

  await update('weighted', 'two', {
    RetainAllVariantProperties: true,
    ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredInstanceCount' }],
  })
  expect(await settled('weighted')).toMatchObject({
    ProductionVariants: [{ CurrentWeight: 0, CurrentInstanceCount: 2 }, { CurrentWeight: 1 }],
  })
  const count = async (VariantName: string) => {
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/SageMaker',
        MetricName: 'Invocations',
        Dimensions: [
          { Name: 'EndpointName', Value: 'weighted' },
          { Name: 'VariantName', Value: VariantName },
        ],
        StartTime: new Date(local.platform.clock.now() - 3_600_000),
        EndTime: new Date(local.platform.clock.now() + 1000),
        Period: 3600,
        Statistics: ['Sum'],
      }),
    )
    return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0)
  }
  expect((await count('a')) + (await count('b'))).toBe(91)
})

test('each variant tells CloudWatch of its latency and of its errors', async () => {
  const metric = async (MetricName: string, config: string) => {
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/SageMaker',
        MetricName,
        Dimensions: [
          { Name: 'EndpointName', Value: 'guarded' },
          { Name: 'VariantName', Value: 'AllTraffic' },
          { Name: 'EndpointConfigName', Value: config },
        ],
        StartTime: new Date(local.platform.clock.now() - 3_600_000),
        EndTime: new Date(local.platform.clock.now() + 1000),
        Period: 86_400,
        Statistics: ['Average', 'Maximum'],
      }),
    )
    return Datapoints[0]
  }
  expect(await metric('Invocation5XXErrors', 'bad')).toMatchObject({ Average: 1 })
  expect(await metric('InvocationModelErrors', 'bad')).toMatchObject({ Average: 1 })
  expect(await metric('Invocation4XXErrors', 'bad')).toMatchObject({ Average: 0 })
  expect(await metric('Invocation5XXErrors', 'blue')).toMatchObject({ Average: 0 })
  expect(await metric('InvocationsPerInstance', 'blue')).toMatchObject({ Average: 0.5 })
  const latency = await metric('ModelLatency', 'blue')
  expect(latency?.Unit).toBe('Microseconds')
  expect(latency?.Average).toBeGreaterThan(100)
  expect((await metric('OverheadLatency', 'blue'))?.Maximum).toBeGreaterThan(0)
})

test('a container that does not answer for 60 seconds is a ModelError; a throttled call is tried again', async () => {
  let answer: Error | undefined
  const hanging = refusal(invoke('guarded', { Body: 'hang' })).then((error) => (answer = error))
  await until(
    async () => {
      await local.control.advance(10_000)
      return answer
    },
    (error) => error !== undefined,
  )
  expect(await hanging).toMatchObject({
    name: 'ModelError',
    OriginalStatusCode: 0,
    OriginalMessage: 'Your invocation timed out while waiting for a response from container primary.',
  })
  const patient = new SageMakerRuntimeClient({ ...local.client, maxAttempts: 3 })
  const error = { code: 'ModelNotReadyException', message: 'loading', status: 429 }
  await local.control.fault({ service: 'sagemaker', operation: 'InvokeEndpoint', error, times: 2 })
  const { $metadata } = await patient.send(new InvokeEndpointCommand({ EndpointName: 'guarded', Body: 'x' }))
  expect($metadata.attempts).toBe(3)
})

test('capture keeps the sides asked for, as text where the content type says so and as base64 elsewhere', async () => {
  const DataCaptureConfig = {
    EnableCapture: true,
    InitialSamplingPercentage: 100,
    DestinationS3Uri: `s3://${bucket}/captured/`,
    CaptureOptions: [{ CaptureMode: 'Input' as const }],
  }
  await createConfig('watched', { ProductionVariants: [variant('blue')], DataCaptureConfig })
  await create('watched', 'watched')
  expect((await settled('watched')).DataCaptureConfig).toMatchObject({ CaptureStatus: 'Started' })
  await invoke('watched', { Body: '1,2', CustomAttributes: 'trace=1' })
  await invoke('watched', { Body: Buffer.from([0, 255]), ContentType: 'application/x-npy' })
  const { Contents } = await until(
    () => local.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'captured/watched/AllTraffic/' })),
    ({ KeyCount }) => KeyCount === 1,
  )
  const lines = (await local.get(Contents?.[0]?.Key ?? '')).toString().trimEnd().split('\n')
  const side = { mode: 'INPUT', encoding: 'CSV', data: '1,2', observedContentType: 'text/csv' }
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      captureData: { endpointInput: side },
      eventMetadata: {
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        customAttributes: ['trace=1'],
        inferenceTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
      eventVersion: '0',
    },
    expect.objectContaining({
      captureData: {
        endpointInput: { ...side, encoding: 'BASE64', data: 'AP8=', observedContentType: 'application/x-npy' },
      },
    }),
  ])
})

test('serverless, asynchronous, shadow and multi-model endpoints answer a clear error', async () => {
  const message = async (more: Partial<CreateEndpointConfigCommandInput>) =>
    (await refusal(createConfig('not-here', more)))?.message
  const ServerlessConfig = { MemorySizeInMB: 1024, MaxConcurrency: 1 }
  expect(await message({ ProductionVariants: [{ VariantName: 'a', ModelName: 'blue', ServerlessConfig }] })).toContain(
    'no serverless endpoints',
  )
  expect(await message({ ShadowProductionVariants: [variant('green')] })).toContain('no shadow variants')
  const OutputConfig = { S3OutputPath: `s3://${bucket}/async` }
  expect(await message({ AsyncInferenceConfig: { OutputConfig } })).toContain('no asynchronous endpoints')
  const multi = new CreateModelCommand({
    ModelName: 'multi',
    ExecutionRoleArn: RoleArn,
    PrimaryContainer: { Image: image, Mode: 'MultiModel', ModelDataUrl: 's3://b/k/' },
  })
  expect((await refusal(local.sagemaker.send(multi)))?.message).toContain('no multi-model endpoints')
})

test('what a failed rollback left serves again after a restart', async () => {
  await watchRolling()
  await failedRollback('linear', 'green')
  const { stateDir } = local
  await local.close()
  local = await sagemakerPlatform({ services: [cloudwatchService], pace: 1, stateDir })
  expect(await describe('linear')).toMatchObject({ EndpointStatus: 'UpdateRollbackFailed', EndpointConfigName: 'blue' })
  const both = await until(
    () => answers('linear', 10),
    (all) => all.includes('green') && all.includes('blue'),
  )
  expect(new Set(both)).toEqual(new Set(['blue', 'green']))
})
