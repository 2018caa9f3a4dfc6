import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { text as streamText } from 'node:stream/consumers'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListMetricsCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import { InvokeCommand, LambdaClient, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda'
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  CreateModelPackageCommand,
  CreateTrainingJobCommand,
  DeleteEndpointCommand,
  DescribeModelPackageCommand,
  DescribeTrainingJobCommand,
  ListModelPackagesCommand,
  ListTrainingJobsCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { DuckDBInstance } from '@duckdb/node-api'
import { keepRecording } from '@hopline/local-aws/keep-recording'
import { policyReport } from '@hopline/local-aws/policy-report'
import { prepareImage } from '@hopline/local-aws/prepare-image'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { connect } from './connect.ts'
import { deployment } from './demo/deployment.ts'
import { Executions } from './demo/executions.ts'
import type { IngestOutput } from './demo/ingest.ts'
import { total } from './demo/ingest.ts'
import { ask, question } from './demo/predict.ts'
import { cutSlice } from './demo/slice.ts'
import type { Evaluation } from './demo/train.ts'
import { train } from './demo/train.ts'
import { deploy } from './deploy.ts'
import { HopFailed } from './hop-failed.ts'
import type { LocalPlatform } from './platform.ts'
import { startPlatform } from './platform.ts'
import { root } from './root.ts'
import type { Stack } from './stack.ts'
import { clientOf, readStack } from './stack.ts'
import { withoutStatement } from './without-statement.ts'

const say = () => {}
const signal = AbortSignal.timeout(400_000)
const python = join(root, '.hopline', 'python')
let state: string
let platform: LocalPlatform
let stack: Stack
let executions: Executions
let s3: S3Client
let pythonPath: string

const put = async (key: string, body: Uint8Array | string) =>
  (await s3.send(new PutObjectCommand({ Bucket: stack.rawBucket, Key: key, Body: Buffer.from(body) }))).VersionId ?? ''

/** What the system makes of one version of one raw object; nothing here starts it. */
const outcome = async (key: string, versionId: string): Promise<unknown> => {
  const sought = (input: unknown) => {
    const { object } = input as { object: { key: string; versionId: string } }
    return object.key === key && object.versionId === versionId
  }
  const arn = await executions.find(stack.ingestMachine, sought, signal)
  return executions.follow(key, arn, { say, signal })
}

const download = async (bucket: string, prefix: string, folder: string): Promise<string[]> => {
  await mkdir(folder, { recursive: true })
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }))
  const keys = Contents.flatMap(({ Key }) => (Key?.endsWith('.parquet') ? [Key] : []))
  return Promise.all(
    keys.map(async (Key, at) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      const file = join(folder, `${at}.parquet`)
      await writeFile(file, (await Body?.transformToByteArray()) ?? new Uint8Array())
      return file
    }),
  )
}

const text = async (uri: string) => {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri) ?? []
  return (await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()) ?? ''
}

/** Feature vectors as any client of the feature server reads them. */
const readVectors = async (entries: readonly object[]): Promise<Record<string, unknown>[]> => {
  const { vectors, apiKey, ca, project } = platform.hopsworks
  const body = JSON.stringify({
    featureStoreName: project,
    featureViewName: 'flight_delays_serving',
    featureViewVersion: 1,
    options: { validatePassedFeatures: false, includeDetailedStatus: true },
    metadataOptions: { featureName: true, featureType: true },
    entries,
    passedFeatures: [],
  })
  const agent = new Agent({ ca: await readFile(ca) })
  const reply = await new Promise<string>((resolve, reject) => {
    const call = request(
      { ...vectors, method: 'POST', path: '/0.1.0/batch_feature_store', agent, headers: { 'X-API-KEY': apiKey } },
      (response) => resolve(streamText(response)),
    )
    call.on('error', reject)
    call.end(body)
  })
  agent.destroy()
  const { features, metadata } = JSON.parse(reply) as {
    features: unknown[][]
    metadata: { featureName: string }[]
  }
  return features.map((row, at) => ({
    ...entries[at],
    ...Object.fromEntries(metadata.map(({ featureName }, column) => [featureName, row[column] ?? null])),
  }))
}

/** The second week with rows that must not get through: seven, each wrong in its own way, and one repeated key. */
const withBadRows = async (file: string, to: string) => {
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run(
    `COPY (
      SELECT * FROM read_parquet($file)
      UNION ALL BY NAME SELECT * FROM (VALUES
        (TIMESTAMP '2001-01-09 10:00:00', 5000, 733, 'ORD', 'LGA'),
        (TIMESTAMP '2001-01-09 10:01:00', 10, 3, 'ORD', 'LGA'),
        (TIMESTAMP '2001-01-09 10:02:00', NULL, 733, 'ORD', 'LGA'),
        (TIMESTAMP '2001-01-09 10:03:00', 10, 733, 'O''Hare', 'LGA'),
        (NULL, 10, 733, 'ORD', 'LGA'),
        (TIMESTAMP '2001-01-09 10:05:00', 10, 733, NULL, 'LGA'),
        (TIMESTAMP '2001-01-09 10:06:00', -500, 733, 'ORD', 'LGA'),
        (TIMESTAMP '2001-01-09 10:07:00', 10, 733, 'ORD', 'LGA'),
        (TIMESTAMP '2001-01-09 10:07:00', 44, 733, 'ORD', 'LGA')
      ) AS bad(date, delay, distance, origin, destination)
    ) TO '${to}' (FORMAT parquet, COMPRESSION zstd)`,
    { file },
  )
  connection.closeSync()
}

let files: string[]
let ingested: IngestOutput[]
let evaluation: Evaluation

beforeAll(async () => {
  await mkdir(join(root, '.hopline', 'tests'), { recursive: true })
  state = await mkdtemp(join(root, '.hopline', 'tests', 'run-'))
  const packages = prepareImage('sagemaker-scikit-learn:1.4-2-py312-cpu-py3', { dir: python })
  platform = await startPlatform({ state, python })
  s3 = new S3Client(clientOf(platform.aws))
  executions = new Executions(platform.aws, platform.logs)
  await deploy(platform, signal)
  await connect(platform, signal)
  stack = await readStack(platform.aws)

  const weeks = await cutSlice(join(root, '.hopline', 'demo'))
  const bad = join(state, 'week-2-bad.parquet')
  await withBadRows(weeks[1]?.file ?? '', bad)
  files = [weeks[0]?.file ?? '', bad, weeks[2]?.file ?? '']
  const keys = weeks.map(({ key }) => key)
  // All at once, and the third week twice: two versions of one object.
  const puts = [0, 1, 2, 2].map(async (week) => {
    const key = keys[week] ?? ''
    return (await outcome(key, await put(key, await readFile(files[week] ?? '')))) as IngestOutput
  })
  ingested = await Promise.all(puts)
  pythonPath = (await packages).packages
  evaluation = await train(
    ingested.map(({ runId }) => runId),
    { stack, executions, say, signal },
  )
  await deployment(evaluation.modelPackageArn, { stack, executions, say, signal })
}, 280_000)

afterAll(async () => {
  await platform?.close()
  if (evaluation) await rm(state, { recursive: true, force: true })
}, 30_000)

describe('a whole run over sockets and processes', () => {
  it('agrees with pandas on counts, joined rows, online vectors and metrics', async () => {
    const { snapshot, splits } = JSON.parse(
      await text(evaluation.evaluationUri.replace('evaluation.json', 'manifest.json')),
    ) as { snapshot: { location: string }; splits: Record<string, { uri: string }[]> }
    const prefix = snapshot.location.replace(`s3://${stack.dataBucket}/`, '')
    expect(Object.keys(splits)).toEqual(['train', 'validation', 'test'])
    const folder = join(state, 'snapshot')
    const parts = await Promise.all(
      ['train', 'validation', 'test'].map((split) =>
        download(stack.dataBucket, `${prefix}/${split}/`, join(folder, split)),
      ),
    )
    const scored = (await text(evaluation.evaluationUri.replace('evaluation.json', 'challenger/scored/test.jsonl.out')))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { label: number; SageMakerOutput: { probability: number } })
      .map(({ label, SageMakerOutput: { probability } }) => ({ label, probability }))
    const keys = ['ORD-LGA', 'ORD-DFW', 'DFW-ATL', 'ATL-MCO', 'LAX-SFO', 'PHX-LAX', 'ATL-ORD', 'PHX-DEN']
    const vectors = await readVectors(keys.map((key) => ({ origin: key.slice(0, 3), destination: key.slice(4) })))
    // The repeated object is one object: its rows replace their equals.
    const [, , first, second] = ingested
    expect(first?.counts.read).toBe(second?.counts.read)
    const once = ingested.slice(0, 3)
    const repeated = total(ingested)
    expect(repeated.read).toBe(repeated.written + repeated.superseded + repeated.quarantined)
    const both = { written: (first?.counts.written ?? 0) + (second?.counts.written ?? 0) }
    expect(both.written).toBeGreaterThanOrEqual(first?.counts.written ?? 0)

    const given = JSON.stringify({
      objects: files,
      counts: total(
        once.map((output, at) =>
          at === 2 && second && second.counts.written > output.counts.written ? second : output,
        ),
      ),
      snapshot: parts.flat(),
      from: '2001-01-01T00:00:00',
      sample: 300,
      vectors,
      scored,
      metrics: evaluation.metrics,
    })
    const check = promisify(execFile)('python3', [join(import.meta.dirname, 'whole-run.check.py')], {
      env: { ...process.env, PYTHONPATH: pythonPath, OMP_NUM_THREADS: '1' },
      maxBuffer: 64 << 20,
    })
    check.child.stdin?.end(given)
    expect(JSON.parse((await check).stdout)).toEqual({ counts: [], joined: [], online: [], metrics: [] })
  }, 60_000)

  it('reaches the gate with the online features, and is better with them than without', () => {
    expect(evaluation.metrics.auc).toBeGreaterThanOrEqual(0.68)
    expect(evaluation.metrics.auc).toBeGreaterThan((evaluation.ablation?.auc ?? 1) + 0.03)
    expect(evaluation.approval).toBe('Approved')
  })

  it('puts each refused row into quarantine with its reason and its original', async () => {
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: stack.dataBucket, Prefix: 'quarantine/flight_delays/flights/' }),
    )
    const lines = (await Promise.all(Contents.map(({ Key }) => text(`s3://${stack.dataBucket}/${Key}`)))).flatMap(
      (body) =>
        body
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { reason: string; column: string }),
    )
    const planted = lines.filter(
      (line) => JSON.stringify(line).includes('2001-01-09') || /"date":null/.test(JSON.stringify(line)),
    )
    expect(planted.map(({ reason, column }) => `${column} ${reason}`).toSorted()).toEqual(
      [
        'delay null',
        'delay out-of-bounds',
        'delay out-of-bounds',
        'distance out-of-bounds',
        'left_at null',
        'origin null',
        'origin too-long',
      ].toSorted(),
    )
  })

  it.each([
    ['flights/not-parquet.parquet', 'plain text', 'UnreadableObject'],
    ['flights/empty.csv', '', 'EmptyObject'],
    ['flights/wrong.csv', 'date,delay,distance,origin,to\n2001-01-01T00:00:00Z,1,100,ORD,LGA\n', 'WrongColumns'],
  ])(
    'fails the run of %s by name, and no other',
    async (key, body, error) => {
      await expect(outcome(key, await put(key, body))).rejects.toThrow(
        expect.objectContaining({ message: expect.stringContaining(error) }),
      )
    },
    30_000,
  )

  it('fails the run of a truncated Parquet object by name', async () => {
    const body = (await readFile(files[0] ?? '')).subarray(0, 100_000)
    const run = outcome('flights/truncated.parquet', await put('flights/truncated.parquet', body))
    await expect(run).rejects.toBeInstanceOf(HopFailed)
    await expect(run).rejects.toThrow('UnreadableObject')
  }, 30_000)

  it('takes a CSV as it takes Parquet', async () => {
    const csv =
      'date,delay,distance,origin,destination\n2001-01-21T12:00:30Z,20,733,ORD,LGA\n2001-01-21T12:00:31Z,9999,733,ORD,LGA\n'
    const { counts } = (await outcome('flights/two.csv', await put('flights/two.csv', csv))) as IngestOutput
    expect(counts).toEqual({ read: 2, written: 1, superseded: 0, quarantined: 1 })
  }, 30_000)
})

describe('predictions', () => {
  const answer = async (body: unknown, options?: Parameters<typeof ask>[2]) =>
    ask({ aws: platform.aws, stack }, body, options)

  it('answers with probability, model, contract and every feature with its age', async () => {
    const { status, body } = await answer(question)
    expect(status).toBe(200)
    expect(body).toMatchObject({ model: 'flight-delays-dev/1', missing: [] })
    const { probability, features } = body as {
      probability: number
      features: Record<string, { value: unknown; age?: number }>
    }
    expect(probability).toBeGreaterThan(0)
    expect(Object.keys(features)).toHaveLength(11)
    expect(features['hour']?.value).toBe(new Date(question.left_at).getUTCHours())
    expect(features['route_delay_7d']?.age).toBeGreaterThanOrEqual(0)
  })

  it('names what it does not know of an airport that it never saw', async () => {
    const { status, body } = await answer({ ...question, origin: 'XXX' })
    expect(status).toBe(200)
    expect((body as { missing: string[] }).missing).toEqual(
      expect.arrayContaining(['airport_flights_3h', 'route_delay_7d']),
    )
  })

  it('answers a batch in its order', async () => {
    const { status, body } = await answer({
      instances: [question, { ...question, origin: 'ATL', destination: 'MCO', distance: 403 }],
    })
    expect(status).toBe(200)
    expect((body as { predictions: unknown[] }).predictions).toHaveLength(2)
  })

  it.each([
    ['an unknown field', { ...question, carrier: 'UA' }, 400, 'carrier'],
    ['a wrong type', { ...question, distance: 'far' }, 400, 'distance'],
    ['a missing field', { origin: 'ORD' }, 400, 'destination'],
    ['too many instances', { instances: Array.from({ length: 101 }, () => question) }, 400, 'instances'],
  ])('refuses %s with a problem that names the field', async (_, body, status, field) => {
    const answered = await answer(body)
    expect(answered.status).toBe(status)
    expect(JSON.stringify(answered.body)).toContain(field)
  })

  it('refuses what is not JSON, and what is not signed', async () => {
    expect((await answer('{', { raw: true })).status).toBe(400)
    expect((await answer(question, { unsigned: true })).status).toBe(403)
  })

  /** The next call that fits goes wrong. */
  const fault = async (rule: object) => {
    const body = JSON.stringify({ ...rule, times: 1 })
    const headers = { 'content-type': 'application/json' }
    const { status } = await fetch(`${platform.aws.endpoint}/_hopline/faults`, { method: 'POST', headers, body })
    expect(status).toBeLessThan(300)
  }

  it('a second training adopts the job whose answer was lost and goes on by a redrive, and its model comes behind the endpoint without the loss of a prediction', async () => {
    await fault({ service: 'sagemaker', operation: 'CreateTrainingJob', disconnect: 'after' })
    const error = { code: 'ResourceNotFoundException', status: 404 }
    await fault({ service: 'lambda', operation: 'Invoke', input: 'evaluator', error })
    const start = new StartExecutionCommand({
      stateMachineArn: stack.trainMachine,
      name: 'flight-delays-second',
      input: JSON.stringify({ pipeline: 'flight_delays' }),
    })
    const { executionArn = '' } = await executions.client.send(start)
    const training = () => executions.follow('second training', executionArn, { say, signal })
    await expect(training()).rejects.toThrow('Lambda.ResourceNotFoundException')
    await executions.client.send(new RedriveExecutionCommand({ executionArn }))
    const { modelPackageArn } = (await training()) as Evaluation
    const { TrainingJobSummaries } = await new SageMakerClient(clientOf(platform.aws)).send(
      new ListTrainingJobsCommand({ NameContains: 'second' }),
    )
    expect(TrainingJobSummaries).toMatchObject([{ TrainingJobName: 'flight-delays-dev-second-challenger-0' }])

    const statuses: number[] = []
    const deployed = new AbortController()
    const asking = (async () => {
      while (!deployed.signal.aborted) statuses.push((await answer(question)).status)
    })()
    await deployment(modelPackageArn, { stack, executions, say, signal })
    deployed.abort()
    await asking
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect((await answer(question)).body).toMatchObject({ model: 'flight-delays-dev/2' })
  }, 120_000)

  it('goes back to the older model on request, and forward again', async () => {
    for (const version of [1, 2]) {
      const modelPackageArn = evaluation.modelPackageArn.replace(/1$/, String(version))
      const input = JSON.stringify({ rollback: { modelPackageArn } })
      const start = new StartExecutionCommand({ stateMachineArn: stack.deployMachine, input })
      const { executionArn = '' } = await executions.client.send(start)
      await executions.follow('rollback', executionArn, { say, signal })
      expect((await answer(question)).body).toMatchObject({ model: `flight-delays-dev/${version}` })
    }
  }, 60_000)
})

describe('what must not serve', () => {
  const sageMaker = () => new SageMakerClient(clientOf(platform.aws))

  /** The same archive with one of its files changed. */
  const edited = async (archive: Uint8Array, file: string, edit: (source: string) => string) => {
    const folder = await mkdtemp(join(state, 'edited-'))
    const [packed, inside] = [join(folder, 'archive.tar.gz'), join(folder, 'inside')]
    await mkdir(inside)
    await writeFile(packed, archive)
    await promisify(execFile)('python3', ['-m', 'tarfile', '-e', packed, inside])
    const source = await readFile(join(inside, file), 'utf8')
    const changed = edit(source)
    expect(changed).not.toBe(source)
    await writeFile(join(inside, file), changed)
    await promisify(execFile)('python3', ['-m', 'tarfile', '-c', packed, '.'], { cwd: inside })
    return readFile(packed)
  }
  const get = async (Bucket: string, Key: string) =>
    (await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToByteArray()) ?? new Uint8Array()

  /** A training with a changed train.py, where SageMaker fetches it; the right one is put back. */
  const trainWith = async (name: string, edit: (source: string) => string) => {
    const { Contents } = await s3.send(
      new ListObjectsV2Command({ Bucket: stack.dataBucket, Prefix: 'code/flight_delays/' }),
    )
    const code = { Bucket: stack.dataBucket, Key: Contents?.[0]?.Key ?? '' }
    const right = await get(code.Bucket, code.Key)
    await s3.send(new PutObjectCommand({ ...code, Body: await edited(right, 'train.py', edit) }))
    try {
      const input = JSON.stringify({ pipeline: 'flight_delays' })
      const { executionArn = '' } = await executions.client.send(
        new StartExecutionCommand({ stateMachineArn: stack.trainMachine, name, input }),
      )
      return await executions.follow(name, executionArn, { say, signal })
    } finally {
      await s3.send(new PutObjectCommand({ ...code, Body: right }))
    }
  }
  const served = async () => (await ask({ aws: platform.aws, stack }, question)).body

  const second = () =>
    sageMaker().send(
      new DescribeModelPackageCommand({ ModelPackageName: evaluation.modelPackageArn.replace(/1$/, '2') }),
    )
  /** Approves the second model with one of its files changed, as a package with further properties. */
  const approve = async (
    name: string,
    file: string,
    edit: (source: string) => string,
    properties: Record<string, string> = {},
  ) => {
    const good = await second()
    const [container] = good.InferenceSpecification?.Containers ?? []
    const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(container?.ModelDataUrl ?? '') ?? []
    const Body = await edited(await get(Bucket, Key), file, edit)
    await s3.send(new PutObjectCommand({ Bucket, Key: `models/${name}/model.tar.gz`, Body }))
    const { ModelPackageArn = '' } = await sageMaker().send(
      new CreateModelPackageCommand({
        ModelPackageGroupName: 'flight-delays-dev',
        ModelApprovalStatus: 'Approved',
        InferenceSpecification: {
          ...good.InferenceSpecification,
          Containers: [
            { ...container, Image: container?.Image, ModelDataUrl: `s3://${Bucket}/models/${name}/model.tar.gz` },
          ],
        },
        CustomerMetadataProperties: {
          ...good.CustomerMetadataProperties,
          sha256: createHash('sha256').update(Body).digest('hex'),
          ...properties,
        },
      }),
    )
    return ModelPackageArn
  }

  it('a script that throws ends the training with its own words', async () => {
    const run = trainWith('flight-delays-throws', (source) =>
      source.replace('def main():\n', "def main():\n    raise RuntimeError('no such luck')\n"),
    )
    await expect(run).rejects.toThrow(/TrainingFailed.*RuntimeError: no such luck/)
    expect(await served()).toMatchObject({ model: 'flight-delays-dev/2' })
  }, 60_000)

  it('a model below the gate is registered as rejected, with the reason', async () => {
    const run = trainWith('flight-delays-guesses', (source) =>
      source.replace('model.fit(x, y)', 'model.fit(x, np.random.default_rng(7).permutation(y))'),
    )
    await expect(run).rejects.toThrow(/ModelRejected.*auc/)
    const { ModelPackageSummaryList: [newest] = [] } = await sageMaker().send(
      new ListModelPackagesCommand({
        ModelPackageGroupName: 'flight-delays-dev',
        SortBy: 'CreationTime',
        SortOrder: 'Descending',
      }),
    )
    expect(newest).toMatchObject({ ModelPackageVersion: 3, ModelApprovalStatus: 'Rejected' })
    expect(await served()).toMatchObject({ model: 'flight-delays-dev/2' })
  }, 60_000)

  it('an approved package whose container never answers /ping leaves the old model serving', async () => {
    const arn = await approve('broken', 'code/inference.py', (source) => `raise SystemExit('out of order')\n${source}`)
    await expect(deployment(arn, { stack, executions, say, signal })).rejects.toThrow('EndpointNotServing')
    expect(await served()).toMatchObject({ model: 'flight-delays-dev/2' })
  }, 60_000)

  interface Contract {
    readonly hash: string
    readonly features: readonly { readonly name: string; readonly value?: unknown }[]
  }
  const canonical = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return `{${members.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`
  }
  /** The contract of the second model with one feature changed. */
  const changedContract = async (feature: string, change: object): Promise<Contract> => {
    const { hash: _hash, ...contract } = JSON.parse(
      await text((await second()).CustomerMetadataProperties?.['contractUri'] ?? ''),
    ) as Contract
    const features = contract.features.map((each) => (each.name === feature ? { ...each, ...change } : each))
    const changed = { ...contract, features }
    return { ...changed, hash: createHash('sha256').update(canonical(changed)).digest('hex') }
  }
  /** Approves the second model under another contract, its golden request told by `rename`. */
  const approveUnder = async (name: string, contract: Contract, rename: (feature: string) => string) => {
    const { instances, probabilities } = JSON.parse(
      await text((await second()).CustomerMetadataProperties?.['golden'] ?? ''),
    ) as { instances: Record<string, number>[]; probabilities: number[] }
    const renamed = instances.map((instance) =>
      Object.fromEntries(Object.entries(instance).map(([feature, value]) => [rename(feature), value])),
    )
    const keep = async (Key: string, content: unknown) => {
      await s3.send(new PutObjectCommand({ Bucket: stack.dataBucket, Key, Body: JSON.stringify(content) }))
      return `s3://${stack.dataBucket}/${Key}`
    }
    return approve(name, 'contract.json', () => JSON.stringify(contract), {
      contract: contract.hash,
      contractUri: await keep(`training/flight_delays/${name}/contract.json`, contract),
      golden: await keep(`training/flight_delays/${name}/golden.json`, { instances: renamed, probabilities }),
    })
  }

  it('a contract that gives a live name another meaning is refused in words, and the old model goes on', async () => {
    const weekday = (await changedContract('', {})).features.find(({ name }) => name === 'weekday')?.value
    const arn = await approveUnder('clash', await changedContract('hour', { value: weekday }), (feature) => feature)
    const refused = deployment(arn, { stack, executions, say, signal })
    await expect(refused).rejects.toThrow(/ContractClash.*features\.hour is computed otherwise/)
    expect(await served()).toMatchObject({ model: 'flight-delays-dev/2' })
  }, 60_000)

  it('a model that knows a feature by another name takes over from one that the predictor was deployed with, and no prediction is lost', async () => {
    const before = (await served()) as { contract: string; probability: number }
    const renamed = await changedContract('hour', { name: 'hour_of_leaving' })
    const arn = await approveUnder('renamed', renamed, (feature) => (feature === 'hour' ? 'hour_of_leaving' : feature))
    const answers: { status: number; body: unknown }[] = []
    const deployed = new AbortController()
    const asking = (async () => {
      while (!deployed.signal.aborted) answers.push(await ask({ aws: platform.aws, stack }, question))
    })()
    await deployment(arn, { stack, executions, say, signal })
    deployed.abort()
    await asking
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    const { contract, probability, features } = (await served()) as typeof before & { features: object }
    expect({ contract, probability }).toEqual({ contract: renamed.hash, probability: before.probability })
    expect(Object.keys(features)).toContain('hour_of_leaving')
    expect(new Set(answers.map(({ body }) => (body as typeof before).contract))).toEqual(
      new Set([before.contract, renamed.hash]),
    )
    const live = JSON.parse(await text(`s3://${stack.dataBucket}/live/flight_delays.json`)) as { contracts: Contract[] }
    expect(live.contracts.map(({ hash }) => hash)).toEqual([renamed.hash])
  }, 60_000)

  it('no endpoint at all: 503, well before the caller gives up', async () => {
    await sageMaker().send(new DeleteEndpointCommand({ EndpointName: 'flight-delays-dev' }))
    const since = performance.now()
    expect((await ask({ aws: platform.aws, stack }, question)).status).toBe(503)
    expect(performance.now() - since).toBeLessThan(10_000)
  }, 30_000)
})

describe('alerts', () => {
  const cloudWatch = () => new CloudWatchClient(clientOf(platform.aws))

  it('watch what is measured of the API and of the endpoint that served', async () => {
    const { MetricAlarms = [] } = await cloudWatch().send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: 'hopline-dev-' }),
    )
    const watched = MetricAlarms.filter(({ AlarmName = '' }) => /prediction|flight-delays/.test(AlarmName))
    expect(watched).toHaveLength(3)
    for (const { Namespace, MetricName, Dimensions } of watched) {
      const { Metrics } = await cloudWatch().send(new ListMetricsCommand({ Namespace, MetricName, Dimensions }))
      expect(Metrics).toContainEqual({ Namespace, MetricName, Dimensions })
    }
  })

  it('tell of an execution that failed, with how to go on, and of an alarm that rings', async () => {
    const sqs = new SQSClient(clientOf(platform.aws))
    const Statement = [
      { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
    ]
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'pager', Attributes: { Policy } }))
    const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:000000000000:${name}`
    await new SNSClient(clientOf(platform.aws)).send(
      new SubscribeCommand({
        TopicArn: arn('sns', 'hopline-dev-alerts'),
        Protocol: 'sqs',
        Endpoint: arn('sqs', 'pager'),
        Attributes: { RawMessageDelivery: 'true' },
      }),
    )
    const told = async () => {
      const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }))
      return message?.Body ?? ''
    }
    const start = new StartExecutionCommand({ stateMachineArn: stack.deployMachine, input: '{}' })
    const { executionArn } = await executions.client.send(start)
    const failure = await told()
    expect(failure).toContain(`${executionArn} is FAILED (`)
    expect(failure).toContain(`aws stepfunctions redrive-execution --execution-arn ${executionArn}`)
    const AlarmName = 'hopline-dev-rejected-events'
    await cloudWatch().send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a test' }))
    expect(JSON.parse(await told())).toMatchObject({ AlarmName, NewStateValue: 'ALARM' })
  }, 60_000)
})

describe('policies', () => {
  const lambda = () => new LambdaClient(clientOf(platform.aws))
  const sageMaker = () => new SageMakerClient(clientOf(platform.aws))

  const invoke = async (name: string, event: unknown) => {
    const { Payload } = await lambda().send(
      new InvokeCommand({ FunctionName: `hopline-dev-${name}`, Payload: JSON.stringify(event) }),
    )
    return Payload?.transformToString() ?? ''
  }
  /** The next event that nobody could handle. */
  const rejected = async () => {
    const sqs = new SQSClient(clientOf(platform.aws))
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'hopline-dev-rejected-events' }))
    const { Messages: [message] = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MessageAttributeNames: ['All'] }),
    )
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }))
    return JSON.stringify(message)
  }
  const history = async (executionArn: string) =>
    (await executions.client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }))).events ?? []
  /** What made the first task of a new execution fail; the execution is then stopped. */
  const firstFailure = async (stateMachineArn: string, input: string) => {
    const { executionArn = '' } = await executions.client.send(new StartExecutionCommand({ stateMachineArn, input }))
    for (;;) {
      const failed = (await history(executionArn)).find(({ type }) => type === 'TaskFailed')
      if (failed) {
        await executions.client.send(new StopExecutionCommand({ executionArn }))
        return failed.taskFailedEventDetails?.cause ?? ''
      }
      await sleep(100, undefined, { signal })
    }
  }
  /** The input of an execution that went through. */
  const inputOf = async (machine: string) => {
    const all = [...(await executions.byName(machine)).values()]
    const executionArn = all.find(({ status }) => status === 'SUCCEEDED')?.executionArn
    return (await executions.client.send(new DescribeExecutionCommand({ executionArn }))).input ?? ''
  }

  it('keep an event that ingest-trigger cannot read, with its reason', async () => {
    const FunctionName = 'hopline-dev-ingest-trigger'
    const DestinationConfig = {
      OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:hopline-dev-rejected-events' },
    }
    await lambda().send(
      new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0, DestinationConfig }),
    )
    await lambda().send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '{"unknown":true}' }))
    expect(await rejected()).toContain('RetriesExhausted')
  }, 30_000)

  it('allow the whole run, and lack nothing less than every one of their statements', () => {
    const { statements, refused } = policyReport(state)
    expect(refused).toEqual([])
    expect(statements.length).toBeGreaterThan(60)
    expect(statements.filter(({ neededBy }) => !neededBy)).toEqual([])
    keepRecording(state, join(root, '.hopline'), 'whole-run')
  })

  const evaluation2 = async () => {
    const { executionArn = '' } = (await executions.byName(stack.trainMachine)).get('flight-delays-second') ?? {}
    const asked = (await history(executionArn))
      .flatMap(({ taskScheduledEventDetails }) => taskScheduledEventDetails?.parameters ?? [])
      .find((parameters) => parameters.includes('hopline-dev-evaluator'))
    return (JSON.parse(asked ?? '') as { Payload: unknown }).Payload
  }
  const trainAgain = async () => {
    const client = sageMaker()
    const { TrainingJobSummaries: [first] = [] } = await client.send(new ListTrainingJobsCommand({}))
    const { AlgorithmSpecification, RoleArn, InputDataConfig, OutputDataConfig, ResourceConfig, ...rest } =
      await client.send(new DescribeTrainingJobCommand({ TrainingJobName: first?.TrainingJobName }))
    const TrainingJobName = 'flight-delays-refused'
    await client.send(
      new CreateTrainingJobCommand({
        TrainingJobName,
        AlgorithmSpecification,
        RoleArn,
        InputDataConfig,
        OutputDataConfig,
        ResourceConfig,
        StoppingCondition: { MaxRuntimeInSeconds: 60 },
        HyperParameters: rest.HyperParameters,
      }),
    )
    for (;;) {
      const { FailureReason } = await client.send(new DescribeTrainingJobCommand({ TrainingJobName }))
      if (FailureReason) return FailureReason
      await sleep(100, undefined, { signal })
    }
  }
  const approveAgain = async () => {
    const ModelPackageArn = evaluation.modelPackageArn
    await sageMaker().send(new UpdateModelPackageCommand({ ModelPackageArn, ModelApprovalStatus: 'Approved' }))
    return rejected()
  }
  const writeSnapshot = async () => {
    const { Credentials } = await new STSClient(clientOf(platform.aws)).send(
      new AssumeRoleCommand({ RoleArn: await snapshotRole(), RoleSessionName: 'hopsworks' }),
    )
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
    const client = new S3Client({ ...clientOf(platform.aws), forcePathStyle: true, credentials })
    return client.send(new PutObjectCommand({ Bucket: stack.dataBucket, Key: 'snapshots/x', Body: 'x' }))
  }
  const snapshotRole = async () => {
    const { Stacks } = await new CloudFormationClient(clientOf(platform.aws)).send(
      new DescribeStacksCommand({ StackName: 'hopline-dev' }),
    )
    return Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'SnapshotRoleArn')?.OutputValue
  }
  const predictionLog = async () => {
    await ask({ aws: platform.aws, stack }, question)
    return readFile(join(platform.logs, 'aws.log'), 'utf8')
  }
  const arrived = () => ({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    time: '2001-01-22T00:00:00Z',
    detail: {
      bucket: { name: stack.rawBucket },
      object: { key: 'flights/refused.csv', size: 1, etag: 'e', 'version-id': 'v1', sequencer: '0' },
    },
  })

  it.each<[role: string, action: string, attempt: () => Promise<unknown>]>([
    ['IngestTriggerRole', 'states:StartExecution', () => invoke('ingest-trigger', arrived())],
    ['IngestFeaturesRole', 'lambda:InvokeFunction', () => firstFailure(stack.ingestMachine, '{}')],
    [
      'FeatureWriterRole',
      's3:GetObjectVersion',
      async () => firstFailure(stack.ingestMachine, await inputOf(stack.ingestMachine)),
    ],
    ['TrainModelRole', 'lambda:InvokeFunction', () => firstFailure(stack.trainMachine, '{"pipeline":"flight_delays"}')],
    ['TrainingLauncherRole', 's3:ListBucket', () => firstFailure(stack.trainMachine, '{"pipeline":"flight_delays"}')],
    ['SnapshotRole', 's3:PutObject', writeSnapshot],
    ['SageMakerRole', 's3:ListBucket', trainAgain],
    ['EvaluatorRole', 'sagemaker:ListModelPackages', async () => invoke('evaluator', await evaluation2())],
    ['DeployTriggerRole', 'states:StartExecution', approveAgain],
    ['DeployModelRole', 'lambda:InvokeFunction', () => firstFailure(stack.deployMachine, '{}')],
    [
      'DeployerRole',
      'sagemaker:DescribeModelPackage',
      async () => firstFailure(stack.deployMachine, await inputOf(stack.deployMachine)),
    ],
    ['PredictorRole', 'sagemaker:InvokeEndpoint', predictionLog],
  ])(
    'refuse %s what it lacks: %s',
    async (role, action, attempt) => {
      const told = await withoutStatement(platform.aws, { role, action }, () =>
        attempt().then(String, (error: unknown) => String(error)),
      )
      expect(told).toContain(`is not authorized to perform: ${action} on resource: `)
    },
    30_000,
  )
})
