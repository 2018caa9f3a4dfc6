import {
  EMRServerlessClient,
  CancelJobRunCommand,
  CreateApplicationCommand,
  DeleteApplicationCommand,
  GetApplicationCommand,
  GetJobRunCommand as GetEmrRunCommand,
  ListApplicationsCommand,
  ListJobRunsCommand,
  StartJobRunCommand as StartEmrRunCommand,
  StopApplicationCommand,
} from '@aws-sdk/client-emr-serverless'
import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  DeleteJobCommand,
  GetJobCommand,
  GetJobRunCommand,
  GetJobRunsCommand,
  GlueClient,
  StartJobRunCommand,
  UpdateJobCommand,
} from '@aws-sdk/client-glue'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { BusEvent } from '../../core/service.ts'
import { capableRole, temporaryPlatform } from '../../core/testing.ts'
import { until } from '../../core/until.ts'
import * as emr from '../emr-serverless/index.ts'
import * as glue from '../glue/index.ts'
import * as logs from '../logs/index.ts'
import * as s3 from '../s3/index.ts'
import * as states from '../states/index.ts'
import { definitionOf } from '../states/testing.ts'
import { settingsIn } from './configuration.ts'

const folder = mkdtempSync(join(tmpdir(), 'hopline-spark-'))
const { HOPLINE_PYTHON_DIR: pythonBefore, PATH: pathBefore } = process.env
const events: BusEvent[] = []
let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let jobs: GlueClient
let applications: EMRServerlessClient
let storage: S3Client
let role: string
beforeAll(async () => {
  process.env['HOPLINE_PYTHON_DIR'] = folder
  const bus = { operations: [], receive: (event: BusEvent) => void events.push(event) }
  platform = await temporaryPlatform({ services: [s3, logs, glue, emr, states, bus], pace: 20 })
  jobs = new GlueClient(platform.client)
  applications = new EMRServerlessClient(platform.client)
  storage = new S3Client(platform.client)
  role = capableRole(platform.platform, 'spark', 'glue.amazonaws.com', 'emr-serverless.amazonaws.com')
  await storage.send(new CreateBucketCommand({ Bucket: 'code' }))
})
afterAll(async () => {
  await platform.end()
  rmSync(folder, { recursive: true, force: true })
  process.env['PATH'] = pathBefore
  if (pythonBefore === undefined) delete process.env['HOPLINE_PYTHON_DIR']
  else process.env['HOPLINE_PYTHON_DIR'] = pythonBefore
})

const script = async (Key: string, Body: string) => {
  await storage.send(new PutObjectCommand({ Bucket: 'code', Key, Body }))
  return `s3://code/${Key}`
}
const job = (Name: string, ScriptLocation: string, more: object = {}) =>
  jobs.send(new CreateJobCommand({ Name, Role: role, Command: { Name: 'glueetl', ScriptLocation }, ...more }))
const start = async (JobName: string, Arguments: Record<string, string> = {}) =>
  (await jobs.send(new StartJobRunCommand({ JobName, Arguments }))).JobRunId
const run = async (JobName: string, RunId: string | undefined) =>
  (await jobs.send(new GetJobRunCommand({ JobName, RunId }))).JobRun
const ended = (JobName: string, RunId: string | undefined) =>
  until(
    () => run(JobName, RunId),
    (now) => now?.CompletedOn !== undefined,
  )
const linesOf = async (logGroupName: string, logStreamName: string) => {
  const { events: all } = await platform.platform.call<{ events: { message: string }[] }>(
    'logs',
    'GetLogEvents',
    { logGroupName, logStreamName, startFromHead: true },
    { kind: 'root', arn: 'arn:aws:iam::000000000000:root' },
  )
  return all.map(({ message }) => message)
}

test('without pyspark a run fails and says how to install it', async () => {
  await job('alone', await script('alone.py', 'pass'))
  expect(await ended('alone', await start('alone'))).toMatchObject({
    JobRunState: 'FAILED',
    ErrorMessage: expect.stringMatching(
      /^pyspark is not installed for python3\. Install it: python3 -m pip install --target \S+\/spark pyspark==3\.5\.6$/,
    ),
  })
})

describe('where there is a pyspark', () => {
  // Only its presence is looked for here; the real one runs in the slow suite.
  beforeAll(() => {
    mkdirSync(join(folder, 'spark', 'pyspark', 'jars'), { recursive: true })
    writeFileSync(join(folder, 'spark', 'pyspark', '__init__.py'), '')
    writeFileSync(join(folder, 'spark', 'pyspark', 'jars', 'hadoop-client-api-3.3.4.jar'), '')
    mkdirSync(join(folder, 'bin'))
    writeFileSync(join(folder, 'bin', 'java'), '#!/bin/sh\n', { mode: 0o755 })
    process.env['PATH'] = [join(folder, 'bin'), pathBefore].join(delimiter)
  })

  test('a Glue job runs its script with its arguments, as its role', async () => {
    await script('lib/words.py', "greeting = 'hello'")
    const place = await script(
      'greet.py',
      `import os, sys, words
from awsglue.utils import getResolvedOptions
print(words.greeting, getResolvedOptions(sys.argv, ['JOB_NAME', 'who', 'mood']))
print(open(os.path.join(os.environ['SPARK_CONF_DIR'], 'spark-defaults.conf')).read())`,
    )
    const DefaultArguments = { '--who': 'you', '--mood': 'fine', '--extra-py-files': 's3://code/lib/words.py' }
    await job('greet', place, { DefaultArguments, NonOverridableArguments: { '--mood': 'good' } })
    const id = await start('greet', { '--who': 'Ada', '--mood': 'bad', '--conf': 'spark.a=1 --conf spark.b=x y' })
    expect(await ended('greet', id)).toMatchObject({
      JobRunState: 'SUCCEEDED',
      Attempt: 0,
      ExecutionTime: expect.any(Number),
    })
    const lines = await linesOf('/aws-glue/jobs/output', id ?? '')
    expect(lines[0]).toBe("hello {'JOB_NAME': 'greet', 'who': 'Ada', 'mood': 'good'}")
    expect(lines).toEqual(
      expect.arrayContaining([
        `spark.hadoop.fs.s3a.endpoint ${platform.platform.url}`,
        'spark.jars.packages org.apache.hadoop:hadoop-aws:3.3.4',
        'spark.a 1',
        'spark.b x y',
      ]),
    )
    await until(
      () => events.find(({ detail }) => detail['jobRunId'] === id),
      (event) => event?.detail['state'] === 'SUCCEEDED',
    )
  })

  test('a Glue run that fails tells its error, and is tried again', async () => {
    await job('wrong', await script('wrong.py', "raise ValueError('no such column: x')"), { MaxRetries: 1 })
    const id = await start('wrong')
    expect(await ended('wrong', id)).toMatchObject({
      JobRunState: 'FAILED',
      ErrorMessage: 'ValueError: no such column: x',
    })
    expect(await ended('wrong', `${id}_attempt_1`)).toMatchObject({
      PreviousRunId: id,
      Attempt: 1,
      JobRunState: 'FAILED',
    })
    const { JobRuns } = await jobs.send(new GetJobRunsCommand({ JobName: 'wrong' }))
    expect(JobRuns?.map(({ Attempt }) => Attempt)).toEqual([1, 0])
  })

  test('a Glue job has its limit of runs, and a run can be stopped', async () => {
    await job('slow', await script('slow.py', 'import time\nprint("on", flush=True)\ntime.sleep(60)'))
    const id = await start('slow')
    await expect(start('slow')).rejects.toMatchObject({
      name: 'ConcurrentRunsExceededException',
      message: 'Concurrent runs exceeded for slow',
    })
    const stopped = await jobs.send(new BatchStopJobRunCommand({ JobName: 'slow', JobRunIds: [id ?? '', 'jr_none'] }))
    expect(stopped).toMatchObject({
      SuccessfulSubmissions: [{ JobName: 'slow', JobRunId: id }],
      Errors: [{ JobRunId: 'jr_none', ErrorDetail: { ErrorCode: 'EntityNotFoundException' } }],
    })
    expect((await ended('slow', id))?.JobRunState).toBe('STOPPED')
  })

  describe('under Step Functions', () => {
    const execute = async (name: string, Resource: string, Arguments: object) => {
      const sfn = new SFNClient(platform.client)
      const roleArn = capableRole(platform.platform, 'machine', 'states.amazonaws.com')
      const definition = definitionOf({ Run: { Type: 'Task', Resource, Arguments, End: true } })
      const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand({ name, roleArn, definition }))
      const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }))
      const describe = () => sfn.send(new DescribeExecutionCommand({ executionArn }))
      return {
        stop: () => sfn.send(new StopExecutionCommand({ executionArn })),
        ended: () => until(describe, ({ status }) => status !== 'RUNNING'),
      }
    }
    const glueSync = 'arn:aws:states:::glue:startJobRun.sync'

    test('a Glue run is waited for, and what it failed of is the cause', async () => {
      await job('fine', await script('fine.py', 'pass'))
      const { output = '' } = await (await execute('fine', glueSync, { JobName: 'fine' })).ended()
      expect(JSON.parse(output)).toMatchObject({ JobName: 'fine', JobRunState: 'SUCCEEDED', Id: expect.any(String) })
      await job('bad', await script('bad.py', "raise ValueError('no such column: x')"))
      const { error, cause = '' } = await (await execute('bad', glueSync, { JobName: 'bad' })).ended()
      expect(error).toBe('States.TaskFailed')
      expect(JSON.parse(cause)).toMatchObject({ JobName: 'bad', ErrorMessage: 'ValueError: no such column: x' })
      expect(await (await execute('none', glueSync, { JobName: 'none' })).ended()).toMatchObject({
        error: 'Glue.EntityNotFoundException',
      })
    })

    test('a stopped execution stops its Glue run', async () => {
      await job('long', await script('long.py', 'import time\ntime.sleep(60)'))
      const execution = await execute('long', glueSync, { JobName: 'long' })
      const runs = async () => (await jobs.send(new GetJobRunsCommand({ JobName: 'long' }))).JobRuns?.[0]
      await until(runs, (now) => now?.JobRunState === 'RUNNING')
      await execution.stop()
      expect(await until(runs, (now) => now?.CompletedOn !== undefined)).toMatchObject({ JobRunState: 'STOPPED' })
    })

    test('an EMR Serverless run is waited for', async () => {
      const { applicationId: ApplicationId } = await applications.send(
        new CreateApplicationCommand({ name: 'machine', releaseLabel: 'emr-7.5.0', type: 'SPARK' }),
      )
      const EntryPoint = await script('emr.py', 'pass')
      const Arguments = { ApplicationId, ExecutionRoleArn: role, JobDriver: { SparkSubmit: { EntryPoint } } }
      const resource = 'arn:aws:states:::emr-serverless:startJobRun.sync'
      const { status, output = '', cause } = await (await execute('emr', resource, Arguments)).ended()
      expect({ status, cause }).toEqual({ status: 'SUCCEEDED', cause: undefined })
      expect(JSON.parse(output)).toMatchObject({ ApplicationId, State: 'SUCCESS' })
    })
  })

  test('EMR Serverless runs a script once for each token', async () => {
    const made = await applications.send(
      new CreateApplicationCommand({ name: 'features', releaseLabel: 'emr-7.5.0', type: 'SPARK' }),
    )
    const { applicationId } = made
    expect(made.arn).toBe(`arn:aws:emr-serverless:us-east-1:000000000000:/applications/${applicationId}`)
    const entryPoint = await script('count.py', "import sys\nprint('counted', sys.argv[1:])")
    const request = {
      applicationId,
      clientToken: 'once',
      executionRoleArn: role,
      name: 'count',
      jobDriver: { sparkSubmit: { entryPoint, entryPointArguments: ['--run-id', 'r1'] } },
    }
    const { jobRunId } = await applications.send(new StartEmrRunCommand(request))
    expect((await applications.send(new StartEmrRunCommand(request))).jobRunId).toBe(jobRunId)
    const state = async (id = jobRunId) =>
      (await applications.send(new GetEmrRunCommand({ applicationId, jobRunId: id }))).jobRun
    expect(await until(state, (now) => now?.endedAt !== undefined)).toMatchObject({
      state: 'SUCCESS',
      name: 'count',
      createdBy: expect.any(String),
    })
    expect(
      await linesOf('/aws/emr-serverless', `applications/${applicationId}/jobs/${jobRunId}/SPARK_DRIVER/stdout`),
    ).toEqual(["counted ['--run-id', 'r1']"])

    const sleeping = { sparkSubmit: { entryPoint: await script('sleep.py', 'import time\ntime.sleep(60)') } }
    const second = await applications.send(
      new StartEmrRunCommand({ ...request, clientToken: 'two', jobDriver: sleeping }),
    )
    await expect(applications.send(new StopApplicationCommand({ applicationId }))).rejects.toMatchObject({
      name: 'ValidationException',
    })
    await applications.send(new CancelJobRunCommand({ applicationId, jobRunId: second.jobRunId }))
    expect(
      await until(
        () => state(second.jobRunId),
        (now) => now?.endedAt !== undefined,
      ),
    ).toMatchObject({ state: 'CANCELLED' })
    const broken = { sparkSubmit: { entryPoint: 's3://code/absent.py' } }
    const third = await applications.send(
      new StartEmrRunCommand({ ...request, clientToken: 'three', jobDriver: broken }),
    )
    expect(
      await until(
        () => state(third.jobRunId),
        (now) => now?.endedAt !== undefined,
      ),
    ).toMatchObject({
      state: 'FAILED',
      stateDetails: 'Job failed, please check complete logs. The specified key does not exist.',
    })
    const { jobRuns } = await applications.send(
      new ListJobRunsCommand({ applicationId, states: ['FAILED', 'SUCCESS'] }),
    )
    expect(jobRuns?.map(({ id }) => id)).toEqual([third.jobRunId, jobRunId])

    expect((await applications.send(new GetApplicationCommand({ applicationId }))).application?.state).toBe('STARTED')
    await applications.send(new StopApplicationCommand({ applicationId }))
    await applications.send(new DeleteApplicationCommand({ applicationId }))
    const listed = await applications.send(new ListApplicationsCommand({ states: ['TERMINATED'] }))
    expect(listed.applications?.map(({ id }) => id)).toEqual([applicationId])
    await expect(applications.send(new StartEmrRunCommand({ ...request, clientToken: 'four' }))).rejects.toMatchObject({
      name: 'ConflictException',
    })
  })
})

test('a Glue job is kept, changed and removed', async () => {
  const place = await script('kept.py', 'pass')
  await job('kept', place, { Timeout: 5 })
  await expect(job('kept', place)).rejects.toMatchObject({ name: 'AlreadyExistsException' })
  const Command = { Name: 'glueetl', ScriptLocation: place }
  await jobs.send(new UpdateJobCommand({ JobName: 'kept', JobUpdate: { Role: role, Command, MaxRetries: 2 } }))
  expect((await jobs.send(new GetJobCommand({ JobName: 'kept' }))).Job).toMatchObject({
    MaxRetries: 2,
    Timeout: 480,
    GlueVersion: '5.1',
  })
  await jobs.send(new DeleteJobCommand({ JobName: 'kept' }))
  await expect(start('kept')).rejects.toMatchObject({ name: 'EntityNotFoundException', message: 'Job kept not found.' })
  const untrusted = capableRole(platform.platform, 'untrusted', 'lambda.amazonaws.com')
  await expect(job('kept', place, { Role: untrusted })).rejects.toMatchObject({ name: 'InvalidInputException' })
})

test('settings are read as spark-submit does', () => {
  expect(settingsIn('--conf spark.a=1 --conf spark.b="x y"  --conf spark.c=k=v')).toEqual({
    'spark.a': '1',
    'spark.b': 'x y',
    'spark.c': 'k=v',
  })
})
