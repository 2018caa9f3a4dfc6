import { createHash } from 'node:crypto'
import type { Objects } from '@hopline/lambda/objects'
import { contractOf } from '@hopline/pipeline'
import { pipelineNamed } from '@hopline/pipelines'
import type { Composition, Manifest, TrainPlan } from '@hopline/workflow'
import { trainingLauncherOutput } from '@hopline/workflow'
import { describe, expect, it } from '@jest/globals'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { run } from './run.ts'
import type { LiveModel, Services, TrainingStore } from './services.ts'

const pipeline = pipelineNamed('flight_delays')
const contract = contractOf(pipeline)
const location = 's3://data/snapshots/flight_delays/flight_delays_1_1'

/** Objects that remember, in place of S3. */
const memory = (held: Record<string, Uint8Array | string> = {}) => {
  const all = new Map(Object.entries(held))
  const bytes = (uri: string) => {
    const found = all.get(uri)
    if (found === undefined) throw new Error(`no object ${uri}`)
    return typeof found === 'string' ? new TextEncoder().encode(found) : found
  }
  const objects: Objects = {
    text: async (uri) => new TextDecoder().decode(bytes(uri)),
    bytes: async (uri) => bytes(uri),
    put: async (uri, body) => void all.set(uri, body),
    exists: async (uri) => all.has(uri),
    sha256: async (uri) => createHash('sha256').update(bytes(uri)).digest('hex'),
    list: async function* list(prefix) {
      for (const uri of [...all.keys()].toSorted()) if (uri.startsWith(prefix)) yield { uri, bytes: bytes(uri).length }
    },
    folders: async function* folders(prefix) {
      const below = [...all.keys()].filter((uri) => uri.startsWith(prefix)).map((uri) => uri.slice(prefix.length))
      yield* new Set(below.map((rest) => rest.slice(0, rest.indexOf('/') + 1)))
    },
  }
  return { objects, all }
}

const hopsworks = (checks: Awaited<ReturnType<TrainingStore['check']>>[] = []): TrainingStore => ({
  runningMaterialisation: async () => undefined,
  ensureViews: async () => {},
  startMaterialisation: async ({ name }) => ({ job: `${name}_1_offline_fg_materialization`, id: 7 }),
  startSnapshot: async () => ({ snapshot: { version: 1, location }, executions: [{ job: 'snapshot', id: 8 }] }),
  check: async () => checks.shift() ?? { state: 'done' },
})

const servicesOf = (objects: Objects, more: Partial<Services> = {}): Services => ({
  objects,
  hopsworks: async () => hopsworks(),
  liveModel: async () => null,
  trainingCode: async () => new TextEncoder().encode('code'),
  pipeline: pipelineNamed,
  stage: 'dev',
  region: 'us-east-1',
  dataBucket: 'data',
  sagemakerRoleArn: 'arn:aws:iam::1:role/sagemaker',
  ...more,
})

const logged = { 's3://data/log/flight_delays/flights/date=2001-01-21/1-2-run-0.parquet': 'x' }
const planned = async (objects: Objects, ablation = false) =>
  (
    (await run({ step: 'plan', pipeline: 'flight_delays', runId: 'by-hand', ablation }, servicesOf(objects))) as {
      plan: TrainPlan
    }
  ).plan

const split = (rows: number, without: readonly string[] = []) => {
  const columns = ['origin', 'late', ...contract.features.map(({ name }) => name)].filter(
    (name) => !without.includes(name),
  )
  const data = (name: string, at: number) => (name === 'origin' ? 'ORD' : name === 'late' ? at % 2 === 1 : at)
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map((name) => ({ name, data: Array.from({ length: rows }, (_, at) => data(name, at)) })),
    }),
  )
}
const snapshotOf = (test: Uint8Array) => ({
  [`${location}/train/part-0.parquet`]: split(5),
  [`${location}/train/_SUCCESS`]: '',
  [`${location}/validation/part-0.parquet`]: split(3),
  [`${location}/test/part-0.parquet`]: test,
})

describe('plan', () => {
  it('holds out the newest days of the log, by time', async () => {
    const plan = await planned(memory(logged).objects, true)
    expect(trainingLauncherOutput.plan.parse({ plan }).plan.splits).toEqual({
      train: { start: Date.parse('2000-11-23'), end: Date.parse('2001-01-15') },
      validation: { start: Date.parse('2001-01-15'), end: Date.parse('2001-01-17') },
      test: { start: Date.parse('2001-01-17'), end: Date.parse('2001-01-22') },
    })
    expect(plan.candidates).toEqual(['challenger', 'without-online'])
    expect(plan.groups.map(({ name }) => name)).toEqual([
      'flight_delays_flights',
      'flight_delays_airport',
      'flight_delays_route',
    ])
  })

  it('says what to do when nothing has been accepted yet', async () => {
    await expect(planned(memory().objects)).rejects.toMatchObject({ name: 'NoAcceptedRows' })
  })
})

describe('materialise', () => {
  const step = async (busy: string | null) => {
    const started: string[] = []
    const store: TrainingStore = {
      ...hopsworks(),
      runningMaterialisation: async ({ name }) => (name === busy ? { job: `${name}_job`, id: 1 } : undefined),
      startMaterialisation: async ({ name }) => ({ job: name, id: started.push(name) }),
    }
    const { objects } = memory(logged)
    const services = servicesOf(objects, { hopsworks: async () => store })
    return { started, answer: run({ step: 'materialise', plan: await planned(objects) }, services) }
  }

  it('starts the job of every group', async () => {
    const { started, answer } = await step(null)
    await expect(answer).resolves.toMatchObject({ executions: [{ id: 1 }, { id: 2 }, { id: 3 }] })
    expect(started).toHaveLength(3)
  })

  it('starts none while one runs that may lack the newest rows', async () => {
    const { started, answer } = await step('flight_delays_airport')
    await expect(answer).rejects.toMatchObject({ name: 'MaterialisationRunning' })
    expect(started).toEqual([])
  })
})

describe('check', () => {
  const executions = [
    { job: 'a', id: 1 },
    { job: 'b', id: 2 },
  ]
  it.each([
    ['is running while one of the jobs runs', [{ state: 'done' }, { state: 'running' }], 'running'],
    ['is done when all are', [{ state: 'done' }, { state: 'done' }], 'done'],
    ['has failed as soon as one has', [{ state: 'running' }, { state: 'failed', cause: 'b' }], 'failed'],
  ] as const)('%s', async (_, checks, state) => {
    const services = servicesOf(memory().objects, { hopsworks: async () => hopsworks([...checks]) })
    expect(await run({ step: 'check', executions }, services)).toMatchObject({ state })
  })
})

describe('manifest', () => {
  const write = async (held: Record<string, Uint8Array | string>) => {
    const { objects, all } = memory({ ...logged, ...held })
    const plan = await planned(objects, true)
    const answer = (await run({ step: 'manifest', plan, snapshot: { version: 1, location } }, servicesOf(objects))) as {
      manifest: Manifest
    }
    return { ...answer, all, plan, objects }
  }

  it('pins every object of every split, and writes the test split without showing its label as a feature', async () => {
    const { manifest, all } = await write(snapshotOf(split(4)))
    expect(manifest.rows).toEqual({ train: 5, validation: 3, test: 4 })
    const text = String(all.get(manifest.uri))
    expect(createHash('sha256').update(text).digest('hex')).toBe(manifest.sha256)
    const { splits } = JSON.parse(text) as { splits: Record<string, { uri: string; sha256: string; rows: number }[]> }
    expect(splits['train']).toEqual([
      expect.objectContaining({
        rows: 5,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        uri: `${location}/train/part-0.parquet`,
      }),
    ])
    const lines = String(all.get('s3://data/training/flight_delays/by-hand/test/test.jsonl')).trim().split('\n')
    const second = JSON.parse(lines[1] ?? '') as { label: number; features: object; by: object }
    expect(lines).toHaveLength(4)
    expect(second).toMatchObject({ row: 1, label: 1, by: { weekday: 1, origin: 'ORD' } })
    expect(Object.keys(second.features)).toEqual(contract.features.map(({ name }) => name))
  })

  it('numbers the test rows through all their objects', async () => {
    const { all } = await write({ ...snapshotOf(split(2)), [`${location}/test/part-1.parquet`]: split(3) })
    const lines = String(all.get('s3://data/training/flight_delays/by-hand/test/test.jsonl')).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { row: number }).row)).toEqual([0, 1, 2, 3, 4])
  })

  it('gives the candidate without online features a contract of its own', async () => {
    const { all } = await write(snapshotOf(split(4)))
    const contractAt = (candidate: string) =>
      JSON.parse(
        String(all.get(`s3://data/training/flight_delays/by-hand/${candidate}/contract/contract.json`)),
      ) as typeof contract
    expect(contractAt('challenger').hash).toBe(contract.hash)
    expect(contractAt('without-online').features.map(({ from }) => from)).toEqual(['request', 'request', 'request'])
    expect(contractAt('without-online').hash).not.toBe(contract.hash)
  })

  it.each([
    ['lacks a column', { ...snapshotOf(split(4, ['route_delay_7d'])) }, 'lacks route_delay_7d'],
    [
      'has an empty split',
      { ...snapshotOf(split(4)), [`${location}/validation/part-0.parquet`]: '' },
      'validation split',
    ],
  ])('refuses a snapshot that %s', async (_, held, words) => {
    await expect(write(held)).rejects.toMatchObject({
      name: 'UnusableSnapshot',
      message: expect.stringContaining(words),
    })
  })
})

describe('compose', () => {
  const compose = async (live: LiveModel | null = null) => {
    const { objects, all } = memory({ ...logged, ...snapshotOf(split(4)) })
    const plan = await planned(objects, true)
    const services = servicesOf(objects, { liveModel: async () => live })
    const { manifest } = (await run({ step: 'manifest', plan, snapshot: { version: 1, location } }, services)) as {
      manifest: Manifest
    }
    const composition = (await run({ step: 'compose', plan, manifest }, services)) as Composition
    return { composition: trainingLauncherOutput.compose.parse(composition), all, objects, plan, manifest, services }
  }

  it('names jobs by pipeline, stage and run; the machine adds the attempt', async () => {
    const { composition } = await compose()
    expect(composition.candidates.map(({ trainingJob }) => trainingJob['TrainingJobName'])).toEqual([
      'flight-delays-dev-by-hand-challenger',
      'flight-delays-dev-by-hand-without-online',
    ])
  })

  it('keeps the label from the model and joins it to the answer', async () => {
    const [challenger] = (await compose()).composition.candidates
    expect(challenger?.transformJob['DataProcessing']).toEqual({ InputFilter: '$.features', JoinSource: 'Input' })
    expect(challenger?.predictionsUri).toBe('s3://data/training/flight_delays/by-hand/challenger/scored/test.jsonl.out')
  })

  it('gives models neither a network nor credentials', async () => {
    const { candidates } = (await compose()).composition
    expect(candidates.map(({ model }) => model['EnableNetworkIsolation'])).toEqual([true, true])
  })

  it('sends the training code once, under its SHA-256', async () => {
    const { all } = await compose()
    const sha256 = createHash('sha256').update('code').digest('hex')
    expect(all.has(`s3://data/code/flight_delays/${sha256}/sourcedir.tar.gz`)).toBe(true)
  })

  it('scores the champion only where it keeps the same contract', async () => {
    const live = { modelName: 'flight-delays-dev-v3', modelPackageArn: 'arn:3', contract: contract.hash }
    expect((await compose(live)).composition.champion?.transformJob).toMatchObject({
      ModelName: 'flight-delays-dev-v3',
    })
    expect((await compose({ ...live, contract: 'other' })).composition.champion).toBeNull()
  })

  it('refuses a manifest that changed since it was pinned', async () => {
    const { all, plan, manifest, services } = await compose()
    all.set(manifest.uri, '{}')
    await expect(run({ step: 'compose', plan, manifest }, services)).rejects.toMatchObject({
      name: 'UnusableSnapshot',
    })
  })
})
