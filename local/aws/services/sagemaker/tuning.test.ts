import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import {
  CreateHyperParameterTuningJobCommand,
  DescribeHyperParameterTuningJobCommand,
  DescribeTrainingJobCommand,
  ListHyperParameterTuningJobsCommand,
  ListTrainingJobsForHyperParameterTuningJobCommand,
  StopHyperParameterTuningJobCommand,
} from '@aws-sdk/client-sagemaker'
import type { HyperParameterTuningJobConfig } from '@aws-sdk/client-sagemaker'
import type { SageMakerPlatform } from './testing.ts'
import { RoleArn, archiveOf, bucket, image, sagemakerPlatform, until } from './testing.ts'

let local: SageMakerPlatform

jest.setTimeout(30_000) // processes start slowly on a busy machine

const scripts = {
  parabola: `
import sys
values = dict(zip(sys.argv[1::2], sys.argv[2::2]))
x, y = float(values["-x"]), float(values.get("-y", 0))
print(f"loss={(x - 3) ** 2 + y * y};")
`,
  fails: 'raise ValueError("no")',
  slow: 'import time\nprint("loss=1;", flush=True)\ntime.sleep(60)',
}

beforeAll(async () => {
  local = await sagemakerPlatform()
  for (const [name, script] of Object.entries(scripts)) {
    await local.put(`code/${name}.tar.gz`, await archiveOf({ 'train.py': script }))
  }
})
afterAll(() => local.end())

const create = (
  HyperParameterTuningJobName: string,
  config: Partial<HyperParameterTuningJobConfig>,
  script: keyof typeof scripts = 'parabola',
) =>
  local.sagemaker.send(
    new CreateHyperParameterTuningJobCommand({
      HyperParameterTuningJobName,
      HyperParameterTuningJobConfig: {
        Strategy: 'Random',
        HyperParameterTuningJobObjective: { Type: 'Minimize', MetricName: 'loss' },
        ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 2 },
        ParameterRanges: { ContinuousParameterRanges: [{ Name: 'x', MinValue: '-10', MaxValue: '10' }] },
        RandomSeed: 1,
        ...config,
      },
      TrainingJobDefinition: {
        RoleArn,
        AlgorithmSpecification: {
          TrainingImage: image,
          TrainingInputMode: 'File',
          MetricDefinitions: [{ Name: 'loss', Regex: 'loss=(.*?);' }],
        },
        StaticHyperParameters: {
          sagemaker_program: 'train.py',
          sagemaker_submit_directory: `s3://${bucket}/code/${script}.tar.gz`,
        },
        OutputDataConfig: { S3OutputPath: `s3://${bucket}/tuned` },
        ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 },
        StoppingCondition: { MaxRuntimeInSeconds: 60 },
      },
      Tags: [{ Key: 'run', Value: 'one' }],
    }),
  )
const describe = (HyperParameterTuningJobName: string) =>
  local.sagemaker.send(new DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName }))
const ended = (name: string) =>
  until(
    () => describe(name),
    ({ HyperParameterTuningJobStatus: status }) => status !== 'InProgress' && status !== 'Stopping',
  )
const trained = async (HyperParameterTuningJobName: string, more: object = {}) => {
  const { TrainingJobSummaries = [] } = await local.sagemaker.send(
    new ListTrainingJobsForHyperParameterTuningJobCommand({ HyperParameterTuningJobName, ...more }),
  )
  return TrainingJobSummaries
}
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    ({ name, message }: Error) => ({ name, message }),
  )

test('a grid tries every combination once; the best by the objective is told with its hyperparameters', async () => {
  await create('grid', {
    Strategy: 'Grid',
    ResourceLimits: { MaxParallelTrainingJobs: 3 },
    ParameterRanges: {
      CategoricalParameterRanges: [
        { Name: 'x', Values: ['1', '2.5', '9'] },
        { Name: 'y', Values: ['0', '1'] },
      ],
    },
  })
  const job = await ended('grid')
  expect(job).toMatchObject({
    HyperParameterTuningJobStatus: 'Completed',
    TrainingJobStatusCounters: { Completed: 6, InProgress: 0, NonRetryableError: 0, Stopped: 0 },
    ObjectiveStatusCounters: { Succeeded: 6, Pending: 0, Failed: 0 },
    BestTrainingJob: {
      TunedHyperParameters: { x: '2.5', y: '0' },
      FinalHyperParameterTuningJobObjectiveMetric: { MetricName: 'loss', Value: 0.25 },
    },
  })
  const all = await trained('grid', { SortBy: 'FinalObjectiveMetricValue', MaxResults: 100 })
  const [best] = all
  expect(best?.TrainingJobName).toBe(job.BestTrainingJob?.TrainingJobName)
  expect(best?.TrainingJobName).toMatch(/^grid-\d{3}-[0-9a-f]{8}$/)
  expect(new Set(all.map(({ TunedHyperParameters: tuned }) => `${tuned?.['x']} ${tuned?.['y']}`)).size).toBe(6)
  const training = await local.sagemaker.send(
    new DescribeTrainingJobCommand({ TrainingJobName: best?.TrainingJobName ?? '' }),
  )
  expect(training).toMatchObject({
    TuningJobArn: job.HyperParameterTuningJobArn,
    HyperParameters: { _tuning_objective_metric: 'loss', x: '2.5', sagemaker_program: 'train.py' },
  })
  const told = local.events.filter(({ detailType }) => detailType.startsWith('SageMaker HyperParameter Tuning Job'))
  expect(told.at(-1)).toMatchObject({
    detailType: 'SageMaker HyperParameter Tuning Job State Change',
    resources: [job.HyperParameterTuningJobArn],
    detail: { HyperParameterTuningJobName: 'grid', HyperParameterTuningJobStatus: 'Completed', Tags: { run: 'one' } },
  })
})

test('draws stay in their ranges and are the same for the same seed; a search near the best does better', async () => {
  const ranges = {
    IntegerParameterRanges: [{ Name: 'x', MinValue: '1', MaxValue: '5' }],
    ContinuousParameterRanges: [
      { Name: 'y', MinValue: '0.001', MaxValue: '1000', ScalingType: 'Logarithmic' as const },
      { Name: 'z', MinValue: '0.5', MaxValue: '0.999', ScalingType: 'ReverseLogarithmic' as const },
    ],
  }
  const ResourceLimits = { MaxNumberOfTrainingJobs: 6, MaxParallelTrainingJobs: 3 }
  await create('random-a', { ParameterRanges: ranges, ResourceLimits })
  await ended('random-a')
  await create('random-b', { ParameterRanges: ranges, ResourceLimits })
  await ended('random-b')
  const values = async (name: string) => (await trained(name)).map(({ TunedHyperParameters: tuned = {} }) => tuned)
  const drawn = await values('random-a')
  expect(drawn).toHaveLength(6)
  expect(await values('random-b')).toEqual(drawn)
  for (const { x, y, z } of drawn) {
    expect(['1', '2', '3', '4', '5']).toContain(x)
    expect(Number(y)).toBeGreaterThanOrEqual(0.001)
    expect(Number(y)).toBeLessThanOrEqual(1000)
    expect(Number(z)).toBeLessThanOrEqual(0.999)
  }
  await create('near', {
    Strategy: 'Bayesian',
    ResourceLimits: { MaxNumberOfTrainingJobs: 40, MaxParallelTrainingJobs: 4 },
    TuningJobCompletionCriteria: { TargetObjectiveMetricValue: 0.5 },
  })
  const near = await ended('near')
  expect(near.BestTrainingJob?.FinalHyperParameterTuningJobObjectiveMetric?.Value).toBeLessThan(0.5)
  expect(near.TrainingJobStatusCounters?.Completed).toBeLessThan(40)
})

test('a job is stopped with its training jobs; one of which none succeeds has failed', async () => {
  await create('stopped', {}, 'slow')
  await until(
    () => trained('stopped', { StatusEquals: 'InProgress' }),
    (all) => all.length === 2,
  )
  const stop = () =>
    local.sagemaker.send(new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName: 'stopped' }))
  await stop()
  expect(await ended('stopped')).toMatchObject({
    HyperParameterTuningJobStatus: 'Stopped',
    TrainingJobStatusCounters: { Stopped: 2, InProgress: 0 },
  })
  expect(await refusal(stop())).toMatchObject({ name: 'ValidationException' })
  await create('fails', {}, 'fails')
  const failed = await ended('fails')
  expect(failed.HyperParameterTuningJobStatus).toBe('Failed')
  expect(failed.FailureReason).toMatch(/^No training job succeeded after 4 attempts\./)
  expect(failed.ObjectiveStatusCounters).toEqual({ Succeeded: 0, Pending: 0, Failed: 4 })
})

test('names, objectives, ranges and strategies are checked first', async () => {
  expect(await refusal(create('grid', {}))).toMatchObject({ name: 'ResourceInUse' })
  expect(await refusal(describe('unknown'))).toMatchObject({ name: 'ResourceNotFound' })
  const invalid = async (name: string, config: Partial<HyperParameterTuningJobConfig>) =>
    (await refusal(create(name, config)))?.message
  expect(await invalid('a'.repeat(33), {})).toContain("'hyperParameterTuningJobName'")
  expect(
    await invalid('other', { HyperParameterTuningJobObjective: { Type: 'Minimize', MetricName: 'auc' } }),
  ).toContain('MetricDefinitions')
  expect(await invalid('hyper', { Strategy: 'Hyperband' })).toContain('Bayesian, Random and Grid')
  expect(await invalid('early', { TrainingJobEarlyStoppingType: 'Auto' })).toContain('early')
  expect(await invalid('grid-x', { Strategy: 'Grid' })).toContain('categorical')
  const backwards = { ContinuousParameterRanges: [{ Name: 'x', MinValue: '2', MaxValue: '1' }] }
  expect(await invalid('ranges', { ParameterRanges: backwards })).toContain('MinValue')
  const listed = await local.sagemaker.send(
    new ListHyperParameterTuningJobsCommand({ StatusEquals: 'Failed', SortBy: 'Name' }),
  )
  expect(listed.HyperParameterTuningJobSummaries).toMatchObject([
    { HyperParameterTuningJobName: 'fails', Strategy: 'Random' },
  ])
})
