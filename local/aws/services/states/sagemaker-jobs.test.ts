import { DescribeTrainingJobCommand, ListTagsCommand } from '@aws-sdk/client-sagemaker'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { until } from '../../core/until.ts'
import { capableRole } from '../../core/testing.ts'
import { archiveOf, bucket, image, RoleArn, sagemakerPlatform } from '../sagemaker/testing.ts'
import type { SageMakerPlatform } from '../sagemaker/testing.ts'
import * as states from './index.ts'
import { definitionOf, roleArn } from './testing.ts'

let local: SageMakerPlatform
let sfn: SFNClient
let stateMachineArn: string | undefined

const trainer = definitionOf({
  Train: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sagemaker:createTrainingJob.sync',
    Arguments: '{% $states.input.job %}',
    TimeoutSeconds: '{% $states.input.limit %}',
    End: true,
  },
})

beforeAll(async () => {
  local = await sagemakerPlatform({ services: [states] })
  capableRole(local.platform, 'machine', 'states.amazonaws.com')
  sfn = new SFNClient(local.client)
  await local.put('data/a.csv', 'x,y\n1,0\n')
  const created = await sfn.send(new CreateStateMachineCommand({ name: 'trainer', roleArn, definition: trainer }))
  stateMachineArn = created.stateMachineArn
})
afterAll(() => local.end())

/** Starts the machine with a job that runs a script. */
const begin = async (TrainingJobName: string, script: string, limit = 60) => {
  const code = `code/${TrainingJobName}.tar.gz`
  await local.put(code, await archiveOf({ 'train.py': script }))
  const job = {
    TrainingJobName,
    RoleArn,
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: 'File' },
    HyperParameters: { sagemaker_program: 'train.py', sagemaker_submit_directory: `s3://${bucket}/${code}` },
    InputDataConfig: [
      {
        ChannelName: 'train',
        DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://${bucket}/data/` } },
      },
    ],
    OutputDataConfig: { S3OutputPath: `s3://${bucket}/models/` },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: 60 },
    Tags: [{ Key: 'run', Value: '1' }],
  }
  const input = JSON.stringify({ job, limit })
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input }))
  return executionArn
}
const ended = (executionArn: string | undefined) =>
  until(
    () => sfn.send(new DescribeExecutionCommand({ executionArn })),
    ({ status }) => status !== 'RUNNING',
  )
const describeJob = (TrainingJobName: string) =>
  local.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }))
const forever = 'import time\nwhile True: time.sleep(1)'

it('a training job is waited for; its description, with times in milliseconds, is the result', async () => {
  const { status, output = '' } = await ended(await begin('good', 'print("trained")'))
  expect(status).toBe('SUCCEEDED')
  const { TrainingStartTime, TrainingJobArn, ...description } = JSON.parse(output)
  expect(description).toMatchObject({
    TrainingJobName: 'good',
    TrainingJobStatus: 'Completed',
    ModelArtifacts: { S3ModelArtifacts: `s3://${bucket}/models/good/output/model.tar.gz` },
  })
  expect(Math.abs(Date.now() - TrainingStartTime)).toBeLessThan(60_000)
  const { Tags } = await local.sagemaker.send(new ListTagsCommand({ ResourceArn: TrainingJobArn }))
  expect(Tags).toEqual([
    { Key: 'run', Value: '1' },
    { Key: 'MANAGED_BY_AWS', Value: 'STARTED_BY_STEP_FUNCTIONS' },
  ])
})

it('a job that fails is States.TaskFailed with its description as cause', async () => {
  const { status, error, cause = '' } = await ended(await begin('bad', 'raise ValueError("no rows")'))
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.TaskFailed' })
  expect(JSON.parse(cause)).toMatchObject({
    TrainingJobName: 'bad',
    TrainingJobStatus: 'Failed',
    FailureReason: expect.stringContaining('ExitCode 1'),
  })
})

it('a name that is taken, and a request that is wrong, fail before a job runs', async () => {
  await ended(await begin('taken', 'pass'))
  expect((await ended(await begin('taken', 'pass'))).error).toBe('SageMaker.ResourceInUseException')
  expect((await ended(await begin('under_score', 'pass'))).error).toBe('SageMaker.AmazonSageMakerException')
})

it('stopping the execution stops the job', async () => {
  const executionArn = await begin('long', forever)
  await until(
    () =>
      describeJob('long').then(
        ({ SecondaryStatus }) => SecondaryStatus,
        () => undefined,
      ),
    (status) => status === 'Training',
  )
  await sfn.send(new StopExecutionCommand({ executionArn }))
  await until(
    () => describeJob('long'),
    ({ TrainingJobStatus }) => TrainingJobStatus === 'Stopped',
  )
  expect((await ended(executionArn)).status).toBe('ABORTED')
})

it('so does the state’s timeout', async () => {
  expect(await ended(await begin('slow', forever, 1))).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
  await until(
    () => describeJob('slow'),
    ({ TrainingJobStatus }) => TrainingJobStatus === 'Stopped',
  )
})

it('a tuning job is waited for, and its best training job is in the result', async () => {
  await local.put('code/tuned.tar.gz', await archiveOf({ 'train.py': 'import sys\nprint(f"loss={sys.argv[2]};")' }))
  const HyperParameterTuningJobConfig = {
    Strategy: 'Grid',
    HyperParameterTuningJobObjective: { Type: 'Minimize', MetricName: 'loss' },
    ResourceLimits: { MaxParallelTrainingJobs: 2 },
    ParameterRanges: { CategoricalParameterRanges: [{ Name: 'rate', Values: ['3', '1', '2'] }] },
  }
  const TrainingJobDefinition = {
    RoleArn,
    AlgorithmSpecification: {
      TrainingImage: image,
      TrainingInputMode: 'File',
      MetricDefinitions: [{ Name: 'loss', Regex: 'loss=(.*?);' }],
    },
    StaticHyperParameters: {
      sagemaker_program: 'train.py',
      sagemaker_submit_directory: `s3://${bucket}/code/tuned.tar.gz`,
    },
    OutputDataConfig: { S3OutputPath: `s3://${bucket}/models/` },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: 60 },
  }
  const definition = definitionOf({
    Tune: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sagemaker:createHyperParameterTuningJob.sync',
      Arguments: { HyperParameterTuningJobName: 'tuned', HyperParameterTuningJobConfig, TrainingJobDefinition },
      End: true,
    },
  })
  const tuner = await sfn.send(new CreateStateMachineCommand({ name: 'tuner', roleArn, definition }))
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: tuner.stateMachineArn }))
  const { status, output = '' } = await ended(executionArn)
  expect(status).toBe('SUCCEEDED')
  expect(JSON.parse(output)).toMatchObject({
    HyperParameterTuningJobStatus: 'Completed',
    TrainingJobStatusCounters: { Completed: 3 },
    BestTrainingJob: { TunedHyperParameters: { rate: '1' } },
  })
})

it('a processing job is waited for, and tells what it said at its end', async () => {
  await local.put(
    'code/say.py',
    'import os\nopen(os.environ["SAGEMAKER_BASE_DIR"] + "/output/message", "w").write("3 rows")',
  )
  const Arguments = {
    ProcessingJobName: 'processed',
    RoleArn,
    AppSpecification: { ImageUri: image, ContainerEntrypoint: ['python3', '/opt/ml/processing/code/say.py'] },
    ProcessingInputs: [
      {
        InputName: 'code',
        S3Input: {
          S3Uri: `s3://${bucket}/code/say.py`,
          LocalPath: '/opt/ml/processing/code',
          S3DataType: 'S3Prefix',
          S3InputMode: 'File',
        },
      },
    ],
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 20 } },
  }
  const Resource = 'arn:aws:states:::sagemaker:createProcessingJob.sync'
  const definition = definitionOf({ Process: { Type: 'Task', Resource, Arguments, End: true } })
  const processor = await sfn.send(new CreateStateMachineCommand({ name: 'processor', roleArn, definition }))
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: processor.stateMachineArn }))
  const { status, output = '' } = await ended(executionArn)
  expect(status).toBe('SUCCEEDED')
  expect(JSON.parse(output)).toMatchObject({ ProcessingJobStatus: 'Completed', ExitMessage: '3 rows' })
})
