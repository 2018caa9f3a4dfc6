import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateTrainingJobCommand,
  DescribeEndpointCommand,
  DescribeTrainingJobCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { seededRandom } from './core/seeded-random.ts'
import { until } from './core/until.ts'
import { interpreter } from './services/sagemaker/container/python.ts'
import { archiveOf, bucket, image } from './services/sagemaker/testing.ts'

/** `HOPLINE_SEED=7` does one round again; `HOPLINE_ROUNDS=20` does many. */
const rounds = Number(process.env['HOPLINE_ROUNDS'] ?? 1)
const firstSeed = Number(process.env['HOPLINE_SEED'] ?? Math.floor(Math.random() * 1e6))
const seeds = Array.from({ length: process.env['HOPLINE_SEED'] ? 1 : rounds }, (_, round) => firstSeed + round)

let folder: string
let RoleArn: string
let running: ChildProcess | undefined

interface Ready {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const start = async (state: string) => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), '--state', state, '--pace', '60', '--quiet'],
    {
      env: { ...process.env, HOPLINE_PYTHON_DIR: join(folder, 'images') },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  running = child
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { endpoint, ...credentials }: Ready = JSON.parse(String(line))
  const client = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    s3: new S3Client({ ...client, forcePathStyle: true }),
    sqs: new SQSClient(client),
    sfn: new SFNClient(client),
    iam: new IAMClient(client),
    sagemaker: new SageMakerClient(client),
    runtime: new SageMakerRuntimeClient(client),
    cloudwatch: new CloudWatchClient(client),
  }
}
type Running = Awaited<ReturnType<typeof start>>

const createRole = async ({ iam }: Running) => {
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  const Principal = { Service: ['sagemaker.amazonaws.com', 'states.amazonaws.com'] }
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal }
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'all', AssumeRolePolicyDocument: document(trust) }))
  const PolicyDocument = document({ Effect: 'Allow', Action: '*', Resource: '*' })
  await iam.send(new PutRolePolicyCommand({ RoleName: 'all', PolicyName: 'all', PolicyDocument }))
  return Role?.Arn ?? ''
}

const code = {
  'train.py': 'import random, time\ntime.sleep(random.random())',
  'inference.py': 'def model_fn(folder): return 0\ndef transform_fn(model, body, kind, accept): return body, accept',
}

/** What must be there before anything can be killed. */
const prepare = async (aws: Running) => {
  RoleArn = await createRole(aws)
  await aws.s3.send(new CreateBucketCommand({ Bucket: bucket }))
  const archive = await archiveOf(code)
  await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'code.tar.gz', Body: archive }))
  const { QueueUrl } = await aws.sqs.send(new CreateQueueCommand({ QueueName: 'all' }))
  const definition = JSON.stringify({
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 1, Next: 'Done' }, Done: { Type: 'Pass', End: true } },
  })
  const machine = new CreateStateMachineCommand({ name: 'waits', roleArn: RoleArn, definition })
  const { stateMachineArn } = await aws.sfn.send(machine)
  const source = `s3://${bucket}/code.tar.gz`
  const Environment = { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: source }
  const PrimaryContainer = { Image: image, Environment }
  await aws.sagemaker.send(new CreateModelCommand({ ModelName: 'm', ExecutionRoleArn: RoleArn, PrimaryContainer }))
  const variant = { VariantName: 'v', ModelName: 'm', InstanceType: 'ml.m5.large', InitialInstanceCount: 1 } as const
  const config = new CreateEndpointConfigCommand({ EndpointConfigName: 'c', ProductionVariants: [variant] })
  await aws.sagemaker.send(config)
  await aws.sagemaker.send(new CreateEndpointCommand({ EndpointName: 'e', EndpointConfigName: 'c' }))
  await endpointInService(aws)
  await aws.cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'a',
      Namespace: 'N',
      MetricName: 'm',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  )
  return { QueueUrl, stateMachineArn }
}

const endpointInService = (aws: Running) =>
  until(
    () => aws.sagemaker.send(new DescribeEndpointCommand({ EndpointName: 'e' })),
    ({ EndpointStatus }) => EndpointStatus === 'InService',
  )

const trainingJob = (TrainingJobName: string) =>
  new CreateTrainingJobCommand({
    TrainingJobName,
    RoleArn,
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: 'File' },
    HyperParameters: {
      sagemaker_program: 'train.py',
      sagemaker_submit_directory: `s3://${bucket}/code.tar.gz`,
    },
    OutputDataConfig: { S3OutputPath: `s3://${bucket}/models` },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 1 },
    StoppingCondition: { MaxRuntimeInSeconds: 60 },
  })

/** Does one thing after the other until the platform is gone; gives what it was told is done. */
const untilGone = async (once: (number: number) => Promise<unknown>) => {
  const done: number[] = []
  for (let number = 0; ; number++) {
    try {
      await once(number)
    } catch {
      return done
    }
    done.push(number)
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopline-restart-'))
  const { minor } = await interpreter()
  await mkdir(join(folder, 'images', `scikit-learn-1.4-2-cp3${minor}`), { recursive: true })
})
afterAll(async () => {
  running?.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

test.each(seeds)(
  'what was told is there after SIGKILL at a random moment (HOPLINE_SEED=%i)',
  async (seed) => {
    const random = seededRandom(seed)
    const state = join(folder, `state-${seed}`)
    const before = await start(state)
    const { QueueUrl, stateMachineArn } = await prepare(before)
    const work = Promise.all([
      untilGone((n) =>
        before.s3.send(new PutObjectCommand({ Bucket: bucket, Key: `k/${n}`, Body: `${n},`.repeat(n + 1) })),
      ),
      untilGone((n) => before.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: String(n) }))),
      untilGone(async (n) => {
        await before.sfn.send(new StartExecutionCommand({ stateMachineArn, name: `x${n}` }))
        await setTimeout(random() * 100)
      }),
      untilGone(async (n) => {
        await before.sagemaker.send(trainingJob(`t${n}`))
        await setTimeout(200 + random() * 500)
      }),
    ])
    await setTimeout(100 + random() * 2500)
    await before.kill()
    const [objects, messages, executions, jobs] = await work

    const after = await start(state)
    for (const n of objects) {
      const { Body } = await after.s3.send(new GetObjectCommand({ Bucket: bucket, Key: `k/${n}` }))
      expect(await Body?.transformToString()).toBe(`${n},`.repeat(n + 1))
    }
    const received = new Set<number>()
    for (;;) {
      const { Messages } = await after.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
      if (!Messages?.length) break
      for (const { Body } of Messages) received.add(Number(Body))
    }
    expect(messages.filter((n) => !received.has(n))).toEqual([])
    for (const n of executions) {
      const executionArn = `${stateMachineArn?.replace(':stateMachine:', ':execution:')}:x${n}`
      const { status, stopDate } = await after.sfn.send(new DescribeExecutionCommand({ executionArn }))
      expect(['SUCCEEDED', 'ABORTED']).toContain(status)
      expect(stopDate).toBeInstanceOf(Date)
    }
    for (const n of jobs) {
      const job = await after.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: `t${n}` }))
      expect(['Completed', 'Failed']).toContain(job.TrainingJobStatus)
      expect(job.TrainingEndTime).toBeInstanceOf(Date)
      if (job.TrainingJobStatus === 'Failed') expect(job.FailureReason).toMatch(/^InternalServerError: /)
      else {
        const model = new GetObjectCommand({ Bucket: bucket, Key: `models/t${n}/output/model.tar.gz` })
        expect((await after.s3.send(model)).ContentLength).toBeGreaterThan(0)
      }
    }
    await endpointInService(after)
    const invoke = new InvokeEndpointCommand({ EndpointName: 'e', ContentType: 'text/csv', Body: '1,2' })
    expect((await after.runtime.send(invoke)).Body.transformToString()).toBe('1,2')
    const { MetricAlarms } = await after.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['a'] }))
    expect(MetricAlarms).toMatchObject([{ AlarmName: 'a', Namespace: 'N' }])
    await after.kill()
  },
  60_000,
)
