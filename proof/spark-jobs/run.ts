import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateApplicationCommand,
  EMRServerlessClient,
  GetJobRunCommand,
  StartJobRunCommand,
} from '@aws-sdk/client-emr-serverless'
import {
  CreateJobCommand,
  GetJobRunCommand as GetGlueRunCommand,
  GlueClient,
  StartJobRunCommand as StartGlueRunCommand,
} from '@aws-sdk/client-glue'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { startLocalAws } from '../local-aws.ts'

const version = '3.5.6'
const kept = join(import.meta.dirname, '..', '..', '.hopline', 'proof', 'spark-jobs')
const python = join(kept, 'python')

if (!existsSync(join(python, 'spark', `pyspark-${version}.dist-info`))) {
  process.stdout.write(`  pip install pyspark==${version}\n`)
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore']
  const child = spawn('python3', [...pip, '--target', join(python, 'spark'), `pyspark==${version}`], {
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  assert.equal(code, 0, 'pyspark cannot be installed')
}
await rm(join(kept, 'aws'), { recursive: true, force: true })
await mkdir(kept, { recursive: true })
process.env['HOPLINE_PYTHON_DIR'] = python
const aws = await startLocalAws(join(kept, 'aws'), '--pace', '60')
const { endpoint, region, account, accessKeyId, secretAccessKey } = aws
const client = { endpoint, region, credentials: { accessKeyId, secretAccessKey } }
const storage = new S3Client(client)
const logs = new CloudWatchLogsClient(client)

const Bucket = 'proof-spark'
const RoleName = 'spark'
const role = `arn:aws:iam::${account}:role/${RoleName}`

const policy = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })

/** Looks until a run has ended. */
const ended = async <T>(look: () => Promise<T>, isOver: (found: T) => boolean): Promise<T> => {
  for (;;) {
    const found = await look()
    if (isOver(found)) return found
    await wait(1000)
  }
}

const wrote = async (Prefix: string) => {
  const { Contents = [] } = await storage.send(new ListObjectsV2Command({ Bucket, Prefix }))
  const keys = Contents.map(({ Key = '' }) => Key)
  assert.ok(keys.some((key) => key.endsWith('_SUCCESS')) && keys.some((key) => key.endsWith('.parquet')), String(keys))
}

const printed = async (logGroupName: string, logStreamName: string) => {
  const { events = [] } = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }))
  return events.map(({ message }) => message).join('\n')
}

try {
  const iam = new IAMClient(client)
  const services = ['glue.amazonaws.com', 'emr-serverless.amazonaws.com']
  const AssumeRolePolicyDocument = policy({ Action: 'sts:AssumeRole', Principal: { Service: services } })
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  const work = [
    's3:GetObject',
    's3:PutObject',
    's3:DeleteObject',
    's3:ListBucket',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]
  const PolicyDocument = policy({ Action: work, Resource: '*' })
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'work', PolicyDocument }))
  await storage.send(new CreateBucketCommand({ Bucket }))
  const put = (Key: string, Body: string) => storage.send(new PutObjectCommand({ Bucket, Key, Body }))
  await put('raw/flights.csv', 'origin,delay\nLAX,20\nLAX,5\nJFK,40\nJFK,16\nSFO,0\n')
  await put('code/features.py', await readFile(join(import.meta.dirname, 'features.py'), 'utf8'))
  const script = `s3://${Bucket}/code/features.py`
  const input = `s3://${Bucket}/raw/`

  process.stdout.write('  a Glue job reads and writes S3 by Spark\n')
  const glue = new GlueClient(client)
  const JobName = 'features'
  await glue.send(
    new CreateJobCommand({ Name: JobName, Role: role, Command: { Name: 'glueetl', ScriptLocation: script } }),
  )
  // Pairs in the order in which they are given: the script takes them two by two.
  const Arguments = {
    '--input': input,
    '--output': `s3://${Bucket}/glue/`,
    '--conf': 'spark.sql.session.timeZone=UTC --conf spark.sql.shuffle.partitions=2',
  }
  const { JobRunId: RunId } = await glue.send(new StartGlueRunCommand({ JobName, Arguments }))
  const run = await ended(
    async () => (await glue.send(new GetGlueRunCommand({ JobName, RunId }))).JobRun,
    (found) => found?.CompletedOn !== undefined,
  )
  const output = await printed('/aws-glue/jobs/output', RunId ?? '')
  assert.equal(run?.JobRunState, 'SUCCEEDED', `${run?.ErrorMessage}\n${output}`)
  assert.match(output, /wrote 3 origins with time zone UTC/)
  await wrote('glue/')

  process.stdout.write('  EMR Serverless runs the same script\n')
  const emr = new EMRServerlessClient(client)
  const { applicationId } = await emr.send(
    new CreateApplicationCommand({ name: 'features', releaseLabel: 'emr-7.5.0', type: 'SPARK' }),
  )
  const { jobRunId } = await emr.send(
    new StartJobRunCommand({
      applicationId,
      executionRoleArn: role,
      jobDriver: {
        sparkSubmit: {
          entryPoint: script,
          entryPointArguments: ['--input', input, '--output', `s3://${Bucket}/emr/`],
          sparkSubmitParameters: '--conf spark.sql.session.timeZone=Europe/Rome',
        },
      },
    }),
  )
  const jobRun = await ended(
    async () => (await emr.send(new GetJobRunCommand({ applicationId, jobRunId }))).jobRun,
    (found) => found?.endedAt !== undefined,
  )
  assert.equal(jobRun?.state, 'SUCCESS', jobRun?.stateDetails)
  const stream = `applications/${applicationId}/jobs/${jobRunId}/SPARK_DRIVER/stdout`
  assert.match(await printed('/aws/emr-serverless', stream), /wrote 3 origins with time zone Europe\/Rome/)
  await wrote('emr/')

  process.stdout.write('  a role that may not read fails the run\n')
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'work',
      PolicyDocument: policy({ Action: work.filter((action) => action !== 's3:ListBucket'), Resource: '*' }),
    }),
  )
  const { JobRunId: denied } = await glue.send(new StartGlueRunCommand({ JobName, Arguments }))
  const refused = await ended(
    async () => (await glue.send(new GetGlueRunCommand({ JobName, RunId: denied }))).JobRun,
    (found) => found?.CompletedOn !== undefined,
  )
  assert.equal(refused?.JobRunState, 'FAILED')
  assert.match(
    String(refused?.ErrorMessage),
    /^An error occurred while calling \S+ java\.nio\.file\.AccessDeniedException: /,
  )
} finally {
  await aws.end()
}
