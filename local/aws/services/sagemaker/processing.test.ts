import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import {
  CreateProcessingJobCommand,
  DescribeProcessingJobCommand,
  ListProcessingJobsCommand,
  ListTagsCommand,
  StopProcessingJobCommand,
  waitUntilProcessingJobCompletedOrStopped,
} from '@aws-sdk/client-sagemaker'
import type { CreateProcessingJobCommandInput } from '@aws-sdk/client-sagemaker'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import * as logs from '../logs/index.ts'
import type { SageMakerPlatform } from './testing.ts'
import { RoleArn, bucket, image, sagemakerPlatform, until } from './testing.ts'

let local: SageMakerPlatform

jest.setTimeout(30_000) // processes start slowly on a busy machine

beforeAll(async () => {
  local = await sagemakerPlatform({ services: [logs] })
})
afterAll(() => local.end())

const below = '/opt/ml/processing'
/** A job that runs a script of one input and keeps one output. */
const run = async (name: string, script: string, more: Partial<CreateProcessingJobCommandInput> = {}) => {
  await local.put(`code/${name}/job.py`, script)
  const request: CreateProcessingJobCommandInput = {
    ProcessingJobName: name,
    RoleArn,
    AppSpecification: { ImageUri: image, ContainerEntrypoint: ['python3', `${below}/code/job.py`] },
    ProcessingInputs: [
      {
        InputName: 'code',
        S3Input: {
          S3Uri: `s3://${bucket}/code/${name}/job.py`,
          LocalPath: `${below}/code`,
          S3DataType: 'S3Prefix',
          S3InputMode: 'File',
        },
      },
    ],
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: 'out',
          S3Output: { S3Uri: `s3://${bucket}/out/${name}`, LocalPath: `${below}/out`, S3UploadMode: 'EndOfJob' },
        },
      ],
    },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 20 } },
    StoppingCondition: { MaxRuntimeInSeconds: 60 },
    ...more,
  }
  return local.sagemaker.send(new CreateProcessingJobCommand(request))
}
const describe = (ProcessingJobName: string) =>
  local.sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }))
const reached = (name: string, ...statuses: string[]) =>
  until(
    () => describe(name),
    ({ ProcessingJobStatus: status }) => statuses.includes(status ?? ''),
  )
const ended = (name: string) => reached(name, 'Completed', 'Failed', 'Stopped')
const keys = async (Prefix: string) =>
  ((await local.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }))).Contents ?? []).map(({ Key }) => Key)

test('a job finds its settings and inputs, and leaves its outputs when it has succeeded', async () => {
  await local.put('data/a.csv', '1,2\n')
  await local.put('data/deep/b.csv', '3,4\n')
  const script = `
import json, os, sys
below = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
base = os.path.dirname(below)
config = json.load(open(f"{base}/config/processingjobconfig.json"))
hosts = json.load(open(f"{base}/config/resourceconfig.json"))
seen = {"argv": sys.argv[1:], "hosts": hosts["hosts"], "name": config["ProcessingJobName"], "arn": config["ProcessingJobArn"],
        "env": [os.environ[key] for key in ("RUN_ID", "PROCESSING_JOB_NAME", "PROCESSING_JOB_ARN")],
        "files": sorted(os.path.join(root, file)[len(below):] for root, _, files in os.walk(below + "/data") for file in files)}
os.makedirs(below + "/out/deep")
json.dump(seen, open(below + "/out/deep/seen.json", "w"))
os.symlink("/etc/hostname", below + "/out/link")
os.makedirs(base + "/output", exist_ok=True)
open(base + "/output/message", "w").write("é" * 600)
print("rows written")
`
  const { ProcessingJobArn } = await run('whole', script, {
    AppSpecification: {
      ImageUri: image,
      ContainerEntrypoint: ['python3', `${below}/code/job.py`],
      ContainerArguments: ['--threshold', '0.8'],
    },
    ProcessingInputs: (['code', 'data'] as const).map((name) => ({
      InputName: name,
      S3Input: {
        S3Uri: `s3://${bucket}/${name === 'data' ? 'data/' : 'code/whole/job.py'}`,
        LocalPath: `${below}/${name}`,
        S3DataType: 'S3Prefix',
        S3InputMode: 'File',
        S3DataDistributionType: 'FullyReplicated',
        S3CompressionType: 'None',
      },
    })),
    Environment: { RUN_ID: '7' },
    Tags: [{ Key: 'run', Value: 'one' }],
  })
  const wait = { client: local.sagemaker, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }
  await waitUntilProcessingJobCompletedOrStopped(wait, { ProcessingJobName: 'whole' })
  const job = await describe('whole')
  expect(job).toMatchObject({ ProcessingJobArn, ProcessingJobStatus: 'Completed', Environment: { RUN_ID: '7' } })
  expect(job.ExitMessage).toBe('é'.repeat(512))
  expect(job).not.toHaveProperty('FailureReason')
  const times = [job.CreationTime, job.ProcessingStartTime, job.ProcessingEndTime].map(Number)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(await keys('out/whole')).toEqual(['out/whole/deep/seen.json'])
  expect(JSON.parse((await local.get('out/whole/deep/seen.json')).toString())).toEqual({
    argv: ['--threshold', '0.8'],
    hosts: ['algo-1'],
    name: 'whole',
    arn: ProcessingJobArn,
    env: ['7', 'whole', ProcessingJobArn],
    files: ['/data/a.csv', '/data/deep/b.csv'],
  })
  const told = local.events.filter(({ detail }) => detail['ProcessingJobName'] === 'whole')
  expect(told.map(({ detail }) => detail['ProcessingJobStatus'])).toEqual(['InProgress', 'InProgress', 'Completed'])
  expect(told.at(-1)).toMatchObject({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Processing Job State Change',
    resources: [ProcessingJobArn],
    detail: { ProcessingEndTime: times[2], Tags: { run: 'one' } },
  })
  const { Tags } = await local.sagemaker.send(new ListTagsCommand({ ResourceArn: ProcessingJobArn }))
  expect(Tags).toEqual([{ Key: 'run', Value: 'one' }])
  const { events } = await new CloudWatchLogsClient(local.client).send(
    new FilterLogEventsCommand({ logGroupName: '/aws/sagemaker/ProcessingJobs', logStreamNamePrefix: 'whole/algo-1-' }),
  )
  expect(events?.map(({ message }) => message)).toContain('rows written')
})

test('a job that fails keeps what goes out continuously, and nothing else', async () => {
  const script = `
import os
below = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
for name in ("out", "live"): open(f"{below}/{name}/half.txt", "w").write("half")
raise SystemExit(3)
`
  const output = (name: string, S3UploadMode: 'Continuous' | 'EndOfJob') => ({
    OutputName: name,
    S3Output: { S3Uri: `s3://${bucket}/half/${name}/`, LocalPath: `${below}/${name}`, S3UploadMode },
  })
  const Outputs = [output('out', 'EndOfJob'), output('live', 'Continuous')]
  await run('half', script, { ProcessingOutputConfig: { Outputs } })
  const reason = 'AlgorithmError: See job logs for more information'
  expect(await ended('half')).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: reason })
  expect(await keys('half/')).toEqual(['half/live/half.txt'])
})

test('missing data, a killed process and a lost instance are told apart', async () => {
  const forever = 'import time\ntime.sleep(60)'
  await run('no-data', forever, {
    ProcessingInputs: [
      {
        InputName: 'data',
        S3Input: { S3Uri: `s3://${bucket}/nowhere/`, LocalPath: `${below}/data`, S3DataType: 'S3Prefix' },
      },
    ],
  })
  expect((await ended('no-data')).FailureReason).toMatch(/^ClientError: Data download failed:.*nowhere/)
  for (const [name, end, reason] of [
    ['killed', 'process', 'AlgorithmError: See job logs for more information'],
    ['lost', 'instance', 'InternalServerError: We encountered an internal error. Please try again.'],
  ] as const) {
    await local.control.kill({ kind: 'processing-job', name, end })
    await run(name, forever)
    expect(await ended(name)).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: reason })
  }
})

test('a job is stopped on request, and when its time is over', async () => {
  const patient = `
import os, signal, sys, time
base = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
def stop(*_):
    open(base + "/output/message", "w").write("stopped early")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("ready", flush=True)
while True: time.sleep(0.05)
`
  await run('stopped', patient)
  await until(
    () =>
      new CloudWatchLogsClient(local.client)
        .send(
          new FilterLogEventsCommand({
            logGroupName: '/aws/sagemaker/ProcessingJobs',
            logStreamNamePrefix: 'stopped/',
          }),
        )
        .catch(() => undefined),
    (found) => (found?.events ?? []).length > 0,
  )
  const stop = () => local.sagemaker.send(new StopProcessingJobCommand({ ProcessingJobName: 'stopped' }))
  await stop()
  const job = await ended('stopped')
  expect(job).toMatchObject({ ProcessingJobStatus: 'Stopped', ExitMessage: 'stopped early' })
  await expect(stop()).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'The request was rejected because the processing job is in status Stopped.',
  })
  const statuses = local.events
    .filter(({ detail }) => detail['ProcessingJobName'] === 'stopped')
    .map(({ detail }) => detail['ProcessingJobStatus'])
  expect(statuses).toEqual(['InProgress', 'InProgress', 'Stopping', 'Stopped'])
  await run('slow', 'import time\ntime.sleep(60)', { StoppingCondition: { MaxRuntimeInSeconds: 1 } })
  expect(await ended('slow')).toMatchObject({ ProcessingJobStatus: 'Stopped' })
})

test('names, images, paths and entry points are checked first; jobs are listed', async () => {
  await run('twice', 'pass')
  await expect(run('twice', 'pass')).rejects.toMatchObject({ name: 'ResourceInUse' })
  await expect(describe('absent')).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Could not find requested job with name: absent',
  })
  const input = (LocalPath: string) => ({
    InputName: 'data',
    S3Input: { S3Uri: `s3://${bucket}/data/`, LocalPath, S3DataType: 'S3Prefix' as const },
  })
  for (const [more, message] of [
    [{ AppSpecification: { ImageUri: 'unknown:1', ContainerEntrypoint: ['true'] } }, 'no image unknown:1'],
    [{ AppSpecification: { ImageUri: image } }, 'no entry point of their own'],
    [{ ProcessingInputs: [input('/opt/ml/model')] }, 'below /opt/ml/processing'],
    [{ ProcessingInputs: [input(`${below}/../model`)] }, 'below /opt/ml/processing'],
    [{ ProcessingInputs: [input(`${below}/a`), input(`${below}/b`)] }, 'names must be unique'],
    [{ RoleArn: 'arn:aws:iam::000000000000:role/nobody' }, 'Could not assume role'],
  ] as const) {
    await expect(run('wrong', 'pass', more as Partial<CreateProcessingJobCommandInput>)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    })
  }
  await ended('twice')
  const { ProcessingJobSummaries } = await local.sagemaker.send(
    new ListProcessingJobsCommand({ StatusEquals: 'Completed', NameContains: 'twi' }),
  )
  expect(ProcessingJobSummaries).toMatchObject([{ ProcessingJobName: 'twice', ProcessingJobStatus: 'Completed' }])
})

test('a job that was under way when the platform ended has failed after its restart', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'hopline-processing-'))
  const outer = local
  local = await sagemakerPlatform({ stateDir })
  try {
    await run('cut', 'import time\ntime.sleep(60)')
    await local.close()
    local = await sagemakerPlatform({ stateDir })
    expect(await describe('cut')).toMatchObject({
      ProcessingJobStatus: 'Failed',
      FailureReason: expect.stringMatching(/^InternalServerError: /),
    })
  } finally {
    await local.end()
    local = outer
  }
})
