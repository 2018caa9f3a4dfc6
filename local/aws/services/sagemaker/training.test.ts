import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  ListTagsCommand,
  ListTrainingJobsCommand,
  StopTrainingJobCommand,
} from '@aws-sdk/client-sagemaker'
import type { CreateTrainingJobCommandInput } from '@aws-sdk/client-sagemaker'
import { filesBelow, unpack } from './archive.ts'
import { containerRoot } from './container/own-opt.ts'
import type { SageMakerPlatform } from './testing.ts'
import { RoleArn, archiveOf, bucket, image, sagemakerPlatform, until } from './testing.ts'

let local: SageMakerPlatform

jest.setTimeout(30_000) // processes start slowly on a busy machine

const request = (TrainingJobName: string, more: Partial<CreateTrainingJobCommandInput> = {}) => ({
  TrainingJobName,
  RoleArn,
  AlgorithmSpecification: {
    TrainingImage: image,
    TrainingInputMode: 'File' as const,
    MetricDefinitions: [
      { Name: 'validation:auc', Regex: 'validation_auc=([0-9\\.]+)' },
      { Name: 'never', Regex: 'never=([0-9]+)' },
    ],
  },
  InputDataConfig: [
    {
      ChannelName: 'train',
      ContentType: 'text/csv',
      DataSource: { S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri: `s3://${bucket}/data/train/` } },
    },
  ],
  OutputDataConfig: { S3OutputPath: `s3://${bucket}/models/` },
  ResourceConfig: { InstanceType: 'ml.m5.large' as const, InstanceCount: 1, VolumeSizeInGB: 30 },
  StoppingCondition: { MaxRuntimeInSeconds: 60 },
  ...more,
})

/** Uploads a script and trains with it until the job has ended. */
const train = async (
  name: string,
  script: string,
  hyperparameters: Record<string, string> = {},
  more: Partial<CreateTrainingJobCommandInput> = {},
) => {
  await local.put(`code/${name}.tar.gz`, await archiveOf({ 'train.py': script }))
  const HyperParameters = {
    sagemaker_program: 'train.py',
    sagemaker_submit_directory: `s3://${bucket}/code/${name}.tar.gz`,
    ...hyperparameters,
  }
  await local.sagemaker.send(new CreateTrainingJobCommand({ ...request(name, more), HyperParameters }))
}
const describe = (TrainingJobName: string) => local.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }))
const ended = (name: string) =>
  until(
    () => describe(name),
    ({ TrainingJobStatus: status }) => status !== 'InProgress' && status !== 'Stopping',
  )
const logOf = (name: string) => readFile(join(local.stateDir, 'logs/sagemaker', `${name}.log`), 'utf8')
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    ({ name, message }: Error) => ({ name, message }),
  )

beforeAll(async () => {
  local = await sagemakerPlatform({ pace: 600 })
  await local.put('data/train/a.csv', 'x,y\n1,0\n')
  await local.put('data/train/day=2/b.csv', 'x,y\n2,1\n')
})
afterAll(() => local.end())

const report = `
import json, os, sys
base = os.environ["SAGEMAKER_BASE_DIR"]
read = lambda name: json.load(open(f"{base}/input/config/{name}.json"))
found = sorted(os.path.relpath(os.path.join(d, f), os.environ["SM_CHANNEL_TRAIN"]) for d, _, fs in os.walk(os.environ["SM_CHANNEL_TRAIN"]) for f in fs)
print("validation_auc=0.5"); print("validation_auc=0.75", file=sys.stderr)
json.dump({"argv": sys.argv[1:], "env": dict(os.environ), "files": found, "inputs": read("inputdataconfig"),
           "resources": read("resourceconfig"), "raw": read("hyperparameters")}, open(os.environ["SM_MODEL_DIR"] + "/report.json", "w"))
open(os.environ["SM_OUTPUT_DATA_DIR"] + "/metrics.json", "w").write("{}")
`

test('a job runs the script under the file contract and leaves model.tar.gz with its files at the root', async () => {
  const decoded = {
    epochs: '10',
    flag: 'true',
    name: '"abc"',
    version: '1.10',
    arr: '[1,2]',
    obj: '{"a":1}',
    nul: 'null',
    id: '00123',
    c: '1.0',
    sagemaker_mpi_enabled: 'true',
    'learning-rate': '1e5',
  }
  const Environment = { FEATURE_SET: '12' }
  await train('contract', report, decoded, { Environment, Tags: [{ Key: 'run', Value: 'one' }] })
  const job = await ended('contract')
  expect(job).toMatchObject({ TrainingJobStatus: 'Completed', SecondaryStatus: 'Completed' })
  expect(job.SecondaryStatusTransitions?.map(({ Status }) => Status)).toEqual([
    'Starting',
    'Downloading',
    'Training',
    'Uploading',
    'Completed',
  ])
  expect(job.SecondaryStatusTransitions?.every(({ EndTime }) => EndTime instanceof Date)).toBe(true)
  expect(job.FinalMetricDataList).toMatchObject([{ MetricName: 'validation:auc', Value: 0.75 }])
  expect(job.ModelArtifacts?.S3ModelArtifacts).toBe(`s3://${bucket}/models/contract/output/model.tar.gz`)

  const folder = await mkdtemp(join(tmpdir(), 'hopline-model-'))
  await unpack(Readable.from(await local.get('models/contract/output/model.tar.gz')), folder)
  expect(await filesBelow(folder)).toEqual(['report.json'])
  await unpack(Readable.from(await local.get('models/contract/output/output.tar.gz')), folder)
  expect(await filesBelow(folder)).toEqual(['metrics.json', 'report.json'])

  const seen = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as {
    argv: string[]
    env: Record<string, string>
    [more: string]: unknown
  }
  expect(seen.argv).toEqual(
    [
      ['--arr', '[1, 2]'],
      ['-c', '1.0'],
      ['--epochs', '10'],
      ['--flag', 'True'],
      ['--id', '00123'],
      ['--learning-rate', '100000.0'],
      ['--name', 'abc'],
      ['--nul', ''],
      ['--obj', 'a=1'],
      ['--version', '1.1'],
    ].flat(),
  )
  expect(seen.env).toMatchObject({
    SM_HP_EPOCHS: '10',
    SM_HP_FLAG: 'true',
    SM_HP_NAME: 'abc',
    SM_HP_VERSION: '1.1',
    SM_HP_ARR: '[1,2]',
    SM_HP_OBJ: '{"a":1}',
    SM_HP_NUL: '',
    SM_HP_ID: '00123',
    'SM_HP_LEARNING-RATE': '100000.0',
    SM_FRAMEWORK_PARAMS: '{"sagemaker_mpi_enabled":true}',
    SM_CHANNELS: '["train"]',
    SM_USER_ENTRY_POINT: 'train.py',
    SM_CURRENT_HOST: 'algo-1',
    OMP_NUM_THREADS: '1',
    FEATURE_SET: '12',
    TRAINING_JOB_NAME: 'contract',
  })
  expect(JSON.parse(seen.env['SM_HPS'] ?? '')).not.toHaveProperty('sagemaker_program')
  expect(seen['files']).toEqual(['a.csv', 'day=2/b.csv'])
  expect(seen['raw']).toMatchObject(decoded)
  expect(seen['inputs']).toEqual({
    train: {
      ContentType: 'text/csv',
      TrainingInputMode: 'File',
      S3DistributionType: 'FullyReplicated',
      RecordWrapperType: 'None',
    },
  })
  expect(await logOf('contract')).toContain('validation_auc=0.75')

  const arn = job.TrainingJobArn ?? ''
  const tags = await local.sagemaker.send(new ListTagsCommand({ ResourceArn: arn }))
  expect(tags.Tags).toEqual([{ Key: 'run', Value: 'one' }])
  const told = local.events.filter(({ resources }) => resources.includes(arn))
  expect(told.map(({ detail }) => detail['SecondaryStatus'])).toEqual([
    'Starting',
    'Downloading',
    'Training',
    'Uploading',
    'Completed',
  ])
  expect(told.at(-1)).toMatchObject({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Training Job State Change',
    detail: { TrainingJobStatus: 'Completed', Tags: { run: 'one' }, CreationTime: job.CreationTime?.getTime() },
  })
})

test('a job that fails says why: its own words win, then the exit code, then the missing data', async () => {
  await Promise.all([
    train('throws', 'raise ValueError("no rows")'),
    train(
      'explains',
      `import os\nopen(os.environ["SM_OUTPUT_DIR"] + "/failure", "w").write("ValueError: no rows")\nexit(3)`,
    ),
    train(
      'no-data',
      'pass',
      {},
      {
        InputDataConfig: [
          {
            ChannelName: 'train',
            DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://${bucket}/nothing/` } },
          },
        ],
      },
    ),
    train('no-program', 'pass', { sagemaker_program: 'other.py' }),
  ])
  const throws = await ended('throws')
  expect(throws).toMatchObject({ TrainingJobStatus: 'Failed', SecondaryStatus: 'Failed' })
  expect(throws.FailureReason).toMatch(
    /^AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage ""\nCommand "\S+ train.py", exit code: 1$/,
  )
  expect(throws.FinalMetricDataList).toBeUndefined()
  expect(await logOf('throws')).toContain('ValueError: no rows')
  expect((await ended('explains')).FailureReason).toBe('AlgorithmError: ValueError: no rows, exit code: 1')
  expect((await ended('no-data')).FailureReason).toMatch(
    /^ClientError: Data download failed:No S3 objects found under S3 URL/,
  )
  expect((await ended('no-program')).FailureReason).toMatch(/^AlgorithmError: .*other.py/s)
})

const untilTold = `
import os, signal, sys, time
def leave(*_):
    open(os.environ["SM_MODEL_DIR"] + "/partial", "w").write("half"); sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("ready", flush=True)
time.sleep(60)
`

test('a stopped job gets SIGTERM and keeps what it has; one over its time ends as MaxRuntimeExceeded', async () => {
  await Promise.all([
    train('stopped', untilTold),
    train('late', untilTold, {}, { StoppingCondition: { MaxRuntimeInSeconds: 1 } }),
  ])
  await until(
    () => logOf('stopped').catch(() => ''),
    (text) => text.includes('ready'),
  )
  await local.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: 'stopped' }))
  expect(await ended('stopped')).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped' })
  expect((await local.get('models/stopped/output/model.tar.gz')).length).toBeGreaterThan(0)
  const late = await ended('late')
  expect(late).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxRuntimeExceeded' })
  expect(late.SecondaryStatusTransitions?.map(({ Status }) => Status)).toContain('Stopping')
  const again = local.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: 'stopped' }))
  expect(await refusal(again)).toMatchObject({ name: 'ValidationException' })
})

test('names, images and limits are checked before anything starts', async () => {
  const create = (name: string, more?: Partial<CreateTrainingJobCommandInput>) =>
    refusal(local.sagemaker.send(new CreateTrainingJobCommand(request(name, more))))
  expect(await create('contract')).toMatchObject({
    name: 'ResourceInUse',
    message: expect.stringContaining('Training job names must be unique within an AWS account and region'),
  })
  expect(await create('with_underscore')).toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining("'trainingJobName'"),
  })
  expect(
    await create('other-image', {
      AlgorithmSpecification: { TrainingImage: '1.dkr.ecr.us-east-1.amazonaws.com/own:1', TrainingInputMode: 'File' },
    }),
  ).toMatchObject({ name: 'ValidationException', message: expect.stringContaining('no image') })
  expect(
    await create('waits-less', { StoppingCondition: { MaxRuntimeInSeconds: 60, MaxWaitTimeInSeconds: 90 } }),
  ).toMatchObject({ name: 'ValidationException' })
  expect(await refusal(describe('unknown'))).toEqual({
    name: 'ValidationException',
    message: 'Requested resource not found.',
  })
})

test('jobs are listed by name, status and page', async () => {
  const all: (string | undefined)[] = []
  let NextToken: string | undefined
  do {
    const page = await local.sagemaker.send(new ListTrainingJobsCommand({ SortBy: 'Name', MaxResults: 3, NextToken }))
    all.push(...(page.TrainingJobSummaries ?? []).map(({ TrainingJobName }) => TrainingJobName))
    NextToken = page.NextToken
  } while (NextToken)
  expect(all).toEqual(['contract', 'explains', 'late', 'no-data', 'no-program', 'stopped', 'throws'])
  const failed = await local.sagemaker.send(
    new ListTrainingJobsCommand({ StatusEquals: 'Failed', NameContains: 'THR' }),
  )
  expect(failed.TrainingJobSummaries).toMatchObject([{ TrainingJobName: 'throws', TrainingJobStatus: 'Failed' }])
})

const countUp = `
import os, signal, sys, time
path = os.environ["SAGEMAKER_BASE_DIR"] + "/checkpoints/step"
os.makedirs(os.path.dirname(path), exist_ok=True)
step = int(open(path).read()) if os.path.exists(path) else 0
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
print("from", step, flush=True)
open(path, "w").write(str(step + 1))
print("saved", step + 1, flush=True)
if step < 2: time.sleep(60)
open(os.environ["SM_MODEL_DIR"] + "/steps", "w").write(str(step + 1))
`
const spot = {
  EnableManagedSpotTraining: true,
  StoppingCondition: { MaxRuntimeInSeconds: 60, MaxWaitTimeInSeconds: 120 },
  CheckpointConfig: { S3Uri: `s3://${bucket}/checkpoints/spot` },
}

test('a spot job whose instances go starts again from its checkpoints', async () => {
  await local.control.kill({ kind: 'training-job', name: 'spot', end: 'instance', line: '^saved', times: 2 })
  await train('spot', countUp, {}, spot)
  const job = await ended('spot')
  expect(job).toMatchObject({ TrainingJobStatus: 'Completed', EnableManagedSpotTraining: true })
  const attempt = ['Starting', 'Downloading', 'Training']
  expect(job.SecondaryStatusTransitions?.map(({ Status }) => Status)).toEqual([
    ...attempt,
    'Interrupted',
    ...attempt,
    'Interrupted',
    ...attempt,
    'Uploading',
    'Completed',
  ])
  expect((await logOf('spot')).match(/^from.*$/gm)).toEqual(['from 0', 'from 1', 'from 2'])
  expect((await local.get('checkpoints/spot/step')).toString()).toBe('3')
})

test('a spot job that waits too long is stopped', async () => {
  await local.control.kill({ kind: 'training-job', name: 'waits', end: 'instance', line: '^saved' })
  const StoppingCondition = { MaxRuntimeInSeconds: 2, MaxWaitTimeInSeconds: 2 }
  await train('waits', countUp, {}, { EnableManagedSpotTraining: true, StoppingCondition })
  expect(await ended('waits')).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxWaitTimeExceeded' })
  expect(
    await refusal(
      local.sagemaker.send(new CreateTrainingJobCommand(request('no-wait', { EnableManagedSpotTraining: true }))),
    ),
  ).toEqual({
    name: 'ValidationException',
    message: 'Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds',
  })
})

test("a lost instance is an internal error that RetryStrategy retries; a killed process is the algorithm's", async () => {
  const sleeps = 'import time\nprint("up", flush=True)\ntime.sleep(60)'
  await local.control.kill({ kind: 'training-job', name: 'lost', end: 'instance', line: 'up', times: 2 })
  await local.control.kill({ kind: 'training-job', name: 'killed', line: 'up' })
  await Promise.all([
    train('lost', sleeps, {}, { RetryStrategy: { MaximumRetryAttempts: 1 } }),
    train('killed', sleeps),
  ])
  const lost = await ended('lost')
  expect(lost.FailureReason).toBe('InternalServerError: We encountered an internal error. Please try again.')
  expect(lost.SecondaryStatusTransitions?.map(({ Status }) => Status)).toContain('Restarting')
  expect((await ended('killed')).FailureReason).toBe('AlgorithmError: , exit code: 137')
})

test('programs are scripts, packages or commands; a container may have an entry point of its own', async () => {
  const shell = 'echo "$@" > "$SM_MODEL_DIR/words"'
  const files: Record<string, Record<string, string>> = {
    shell: { 'run.sh': shell },
    command: { run: `#!/bin/sh\n${shell}` },
    package: {
      'setup.py': 'from setuptools import setup\nsetup(name="own", py_modules=["own"])',
      'own.py':
        'import os, sys\nopen(os.environ["SM_MODEL_DIR"] + "/words", "w").write(" ".join(sys.argv[1:]) + "\\n")',
    },
  }
  const programs = { shell: 'run.sh', command: 'run', package: 'own.py' }
  for (const [name, sagemaker_program] of Object.entries(programs)) {
    await local.put(`code/${name}.tar.gz`, await archiveOf(files[name] ?? {}))
    const HyperParameters = {
      sagemaker_program,
      sagemaker_submit_directory: `s3://${bucket}/code/${name}.tar.gz`,
      text: 'a b; $(c)',
    }
    await local.sagemaker.send(new CreateTrainingJobCommand({ ...request(name), HyperParameters }))
  }
  const own = request('own-entry', {
    OutputDataConfig: { S3OutputPath: `s3://${bucket}/models`, CompressionType: 'NONE' },
  })
  await local.sagemaker.send(
    new CreateTrainingJobCommand({
      ...own,
      AlgorithmSpecification: {
        TrainingImage: image,
        TrainingInputMode: 'File',
        ContainerEntrypoint: ['/bin/sh', '-c'],
        ContainerArguments: [
          'cd $SAGEMAKER_BASE_DIR && mkdir model/deep && cat input/data/train/a.csv > model/deep/seen.csv',
        ],
      },
    }),
  )
  for (const name of Object.keys(programs)) {
    expect(await ended(name)).toMatchObject({ TrainingJobStatus: 'Completed' })
    const folder = await mkdtemp(join(tmpdir(), 'hopline-model-'))
    await unpack(Readable.from(await local.get(`models/${name}/output/model.tar.gz`)), folder)
    expect(await readFile(join(folder, 'words'), 'utf8')).toBe('--text a b; $(c)\n')
  }
  expect(await ended('own-entry')).toMatchObject({
    TrainingJobStatus: 'Completed',
    ModelArtifacts: { S3ModelArtifacts: `s3://${bucket}/models/own-entry/output/model/` },
  })
  expect((await local.get('models/own-entry/output/model/deep/seen.csv')).toString()).toBe('x,y\n1,0\n')
})

test("what lies in /opt/ml is the job's own, and an isolated job has no network", async () => {
  const closed = (await containerRoot('/nowhere')).base !== '/opt/ml' // a system without namespaces for us
  const script = `
import os, socket
open("${closed ? '' : '/opt/ml/model/here'}" or os.environ["SM_MODEL_DIR"] + "/here", "w").write("")
try: socket.create_connection(("127.0.0.1", ${new URL(local.platform.url).port}), 2); print("network: yes")
except OSError as error: print("network: no")
`
  await Promise.all([train('open', script), train('isolated', script, {}, { EnableNetworkIsolation: true })])
  expect(await ended('open')).toMatchObject({ TrainingJobStatus: 'Completed' })
  expect(await ended('isolated')).toMatchObject({ TrainingJobStatus: 'Completed' })
  expect(await logOf('open')).toContain('network: yes')
  expect(await logOf('isolated')).toContain(closed ? 'network: yes' : 'network: no')
  expect((await local.get('models/isolated/output/model.tar.gz')).length).toBeGreaterThan(0)
})
