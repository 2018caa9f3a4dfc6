import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import {
  AddTagsCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateModelPackageGroupCommand,
  CreateTrainingJobCommand,
  DeleteTagsCommand,
  DescribeModelPackageGroupCommand,
  ListModelPackageGroupsCommand,
  ListTagsCommand,
  CreateNotebookInstanceCommand,
  waitUntilTrainingJobCompletedOrStopped,
} from '@aws-sdk/client-sagemaker'
import type { CreateTrainingJobCommandInput } from '@aws-sdk/client-sagemaker'
import * as cloudwatchService from '../cloudwatch/index.ts'
import type { SageMakerPlatform } from './testing.ts'
import { RoleArn, archiveOf, bucket, image, sagemakerPlatform } from './testing.ts'

let local: SageMakerPlatform

jest.setTimeout(30_000) // processes start slowly on a busy machine

beforeAll(async () => {
  local = await sagemakerPlatform({ services: [cloudwatchService] })
})
afterAll(() => local.end())

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    ({ name, message }: Error) => ({ name, message }),
  )
const request = (TrainingJobName: string, more: Partial<CreateTrainingJobCommandInput> = {}) => ({
  TrainingJobName,
  RoleArn,
  AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: 'File' as const },
  OutputDataConfig: { S3OutputPath: `s3://${bucket}/models` },
  ResourceConfig: { InstanceType: 'ml.m5.large' as const, InstanceCount: 1, VolumeSizeInGB: 30 },
  StoppingCondition: { MaxRuntimeInSeconds: 60 },
  ...more,
})

test('replies name their request and their protocol, times are seconds, what is absent is left out', async () => {
  const group = new CreateModelPackageGroupCommand({ ModelPackageGroupName: 'plain' })
  let seen: { headers: Record<string, string>; body: unknown } | undefined
  await local.sagemaker.send(group)
  const describe = new DescribeModelPackageGroupCommand({ ModelPackageGroupName: 'plain' })
  describe.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { headers } = result.response as { headers: Record<string, string> }
      seen = { headers, body: result.output }
      return result
    },
    { step: 'deserialize' },
  )
  const found = await local.sagemaker.send(describe)
  expect(found.CreationTime).toBeInstanceOf(Date)
  expect(Math.abs((found.CreationTime?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  expect(found).not.toHaveProperty('ModelPackageGroupDescription')
  expect(seen?.headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  const notebook = new CreateNotebookInstanceCommand({
    NotebookInstanceName: 'n',
    InstanceType: 'ml.t3.medium',
    RoleArn,
  })
  expect(await refusal(local.sagemaker.send(notebook))).toMatchObject({ name: 'UnknownOperationException' })
})

test('what a training job may not ask for is refused by the name of its member', async () => {
  const create = async (name: string, more: object) =>
    (await refusal(local.sagemaker.send(new CreateTrainingJobCommand({ ...request(name), ...more }))))?.message
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, '']))
  const metric = { Name: 'm', Regex: 'x' }
  const channel = {
    ChannelName: 'a',
    DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://b/k' } },
  }
  const algorithm = (more: object) => ({
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: 'File', ...more },
  })
  const refused: readonly (readonly [more: object, member: string])[] = [
    [{ TrainingJobName: 'dot.ted' }, 'trainingJobName'],
    [{ TrainingJobName: 'a'.repeat(64) }, 'trainingJobName'],
    [{ HyperParameters: many(101) }, 'hyperParameters'],
    [{ HyperParameters: { k: 'v'.repeat(2501) } }, 'hyperParameters.k'],
    [{ Environment: many(101) }, 'environment'],
    [{ Environment: { '1st': 'x' } }, 'environment.1st'],
    [{ Environment: { k: 'v'.repeat(513) } }, 'environment.k'],
    [{ InputDataConfig: Array.from({ length: 21 }, () => channel) }, 'inputDataConfig'],
    [{ InputDataConfig: [{ ...channel, ChannelName: 'a b' }] }, 'channelName'],
    [algorithm({ MetricDefinitions: Array.from({ length: 41 }, () => metric) }), 'metricDefinitions'],
    [algorithm({ MetricDefinitions: [{ Name: 'm', Regex: '(' }] }), 'regex'],
    [algorithm({ TrainingInputMode: 'Pipe' }), 'trainingInputMode'],
    [{ StoppingCondition: { MaxRuntimeInSeconds: 0 } }, 'maxRuntimeInSeconds'],
    [{ StoppingCondition: { MaxRuntimeInSeconds: 60, MaxPendingTimeInSeconds: 60 } }, 'maxPendingTimeInSeconds'],
    [{ RetryStrategy: { MaximumRetryAttempts: 31 } }, 'maximumRetryAttempts'],
    [{ ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 2, VolumeSizeInGB: 1 } }, 'instanceCount'],
    [{ CheckpointConfig: { S3Uri: 's3://b/k', LocalPath: '/opt/ml/../x' } }, 'localPath'],
    [{ VpcConfig: { Subnets: [], SecurityGroupIds: ['sg'] } }, 'subnets'],
    [{ RoleArn: 'role' }, 'roleArn'],
    [{ Tags: Array.from({ length: 51 }, (_, index) => ({ Key: `${index}`, Value: '' })) }, 'tags'],
  ]
  for (const [more, member] of refused) expect(await create('never', more)).toContain(member)
  expect(await create('under_score', {})).toBe(
    "1 validation error detected: Value 'under_score' at 'trainingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
  )
  expect(await create('both', { RetryStrategy: { MaximumRetryAttempts: 31 }, OutputDataConfig: undefined })).toBe(
    "2 validation errors detected: Value at 'outputDataConfig' failed to satisfy constraint: Member must not be null; Value '31' at 'retryStrategy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 30",
  )
  expect(await create('mode', algorithm({ TrainingInputMode: 'Pipe' }))).toContain(
    'Member must satisfy enum value set: [File, FastFile]',
  )
})

test('tags belong to what is there', async () => {
  const send = local.sagemaker.send.bind(local.sagemaker)
  const PrimaryContainer = { Image: image }
  const { ModelArn } = await send(
    new CreateModelCommand({ ModelName: 'Named', ExecutionRoleArn: RoleArn, PrimaryContainer }),
  )
  const variant = {
    VariantName: 'v',
    ModelName: 'Named',
    InstanceType: 'ml.m5.large',
    InitialInstanceCount: 1,
  } as const
  const { EndpointConfigArn } = await send(
    new CreateEndpointConfigCommand({ EndpointConfigName: 'named', ProductionVariants: [variant] }),
  )
  const { TrainingJobArn } = await send(new CreateTrainingJobCommand(request('named')))
  const Tags = [{ Key: 'a', Value: '1' }]
  for (const ResourceArn of [ModelArn, EndpointConfigArn, TrainingJobArn]) {
    await send(new AddTagsCommand({ ResourceArn, Tags }))
    expect((await send(new ListTagsCommand({ ResourceArn }))).Tags).toEqual(Tags)
  }
  const written = ModelArn?.replace('named', 'Named')
  expect((await send(new ListTagsCommand({ ResourceArn: written }))).Tags).toEqual(Tags)
  const absent = 'arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/absent'
  for (const command of [
    new AddTagsCommand({ ResourceArn: absent, Tags }),
    new ListTagsCommand({ ResourceArn: absent }),
    new DeleteTagsCommand({ ResourceArn: absent, TagKeys: ['a'] }),
  ]) {
    expect(await refusal(local.sagemaker.send(command as ListTagsCommand))).toEqual({
      name: 'ValidationException',
      message: `Could not find endpoint config "${absent}".`,
    })
  }
  expect(await refusal(send(new ListTagsCommand({ ResourceArn: 'named' })))).toMatchObject({
    message: 'Invalid resource ARN: named',
  })
})

test('a resource shows its tags page by page, and loses them by key', async () => {
  const { ModelPackageGroupArn: ResourceArn } = await local.sagemaker.send(
    new CreateModelPackageGroupCommand({ ModelPackageGroupName: 'tagged', Tags: [{ Key: 'a', Value: '1' }] }),
  )
  const add = new AddTagsCommand({
    ResourceArn,
    Tags: [
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ],
  })
  expect((await local.sagemaker.send(add)).Tags).toHaveLength(2)
  const first = await local.sagemaker.send(new ListTagsCommand({ ResourceArn, MaxResults: 1 }))
  expect(first.Tags).toEqual([{ Key: 'a', Value: '2' }])
  await local.sagemaker.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ['a', 'unknown'] }))
  const { Tags } = await local.sagemaker.send(new ListTagsCommand({ ResourceArn }))
  expect(Tags).toEqual([{ Key: 'b', Value: '' }])
  const groups = new ListModelPackageGroupsCommand({ NameContains: 'tag', SortBy: 'Name' })
  expect((await local.sagemaker.send(groups)).ModelPackageGroupSummaryList).toMatchObject([
    { ModelPackageGroupName: 'tagged', ModelPackageGroupStatus: 'Completed' },
  ])
})

test("the SDK's waiter sees a job's end, and CloudWatch has what it printed", async () => {
  await local.put('code/m.tar.gz', await archiveOf({ 'train.py': 'print("auc=0.5;"); print("auc=0.75;")' }))
  await local.sagemaker.send(
    new CreateTrainingJobCommand(
      request('measured', {
        AlgorithmSpecification: {
          TrainingImage: image,
          TrainingInputMode: 'File',
          MetricDefinitions: [{ Name: 'auc', Regex: 'auc=(.*?);' }],
        },
        HyperParameters: {
          sagemaker_program: 'train.py',
          sagemaker_submit_directory: `s3://${bucket}/code/m.tar.gz`,
        },
      }),
    ),
  )
  const waiting = { client: local.sagemaker, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }
  const { state } = await waitUntilTrainingJobCompletedOrStopped(waiting, { TrainingJobName: 'measured' })
  expect(state).toBe('SUCCESS')
  const { Datapoints } = await new CloudWatchClient(local.client).send(
    new GetMetricStatisticsCommand({
      Namespace: '/aws/sagemaker/TrainingJobs',
      MetricName: 'auc',
      Dimensions: [{ Name: 'TrainingJobName', Value: 'measured' }],
      StartTime: new Date(Date.now() - 600_000),
      EndTime: new Date(Date.now() + 60_000),
      Period: 3600,
      Statistics: ['Maximum', 'SampleCount'],
    }),
  )
  expect(Datapoints?.reduce((sum, { SampleCount = 0 }) => sum + SampleCount, 0)).toBe(2)
  expect(Math.max(...(Datapoints ?? []).map(({ Maximum = 0 }) => Maximum))).toBe(0.75)
})
