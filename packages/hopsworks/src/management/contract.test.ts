import { once } from 'node:events'
import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parquetReadObjects } from 'hyparquet'
import { startLocalPlatform } from '../../test-support/local-platform.ts'
import { openWriter, waitForOnline } from '../ingest/index.ts'
import { connectHopsworks, materialisationJobs } from './index.ts'
import type { Execution, FeatureGroup, FeatureView, GroupDefinition, Hopsworks, ViewDefinition } from './index.ts'

let platform: Awaited<ReturnType<typeof startLocalPlatform>>
let hopsworks: Hopsworks
let reader: Hopsworks
let group: FeatureGroup
let view: FeatureView

const period = { periodMs: 25 }
const micros = (text: string) => BigInt(Date.parse(text)) * 1_000n

const definition: GroupDefinition = {
  name: 'weather',
  version: 1,
  description: 'Weather at the airports',
  online: true,
  features: [
    { name: 'airport', type: 'string', primary: true, onlineType: 'varchar(3)', description: 'IATA code' },
    { name: 'at', type: 'timestamp', description: 'when it was measured' },
    { name: 'wind', type: 'double', description: 'in m/s' },
    { name: 'gusts', type: 'int' },
  ],
  eventTime: 'at',
  timeTravelFormat: 'HUDI',
}
const viewDefinition: ViewDefinition = {
  name: 'weather',
  version: 1,
  description: 'Wind',
  label: ['gusts'],
  left: { group: 'weather', features: ['airport', 'at', 'wind'] },
  joins: [],
}
const rows = [
  { airport: 'SFO', at: micros('2001-01-01T00:00:00Z'), wind: 1, gusts: null },
  { airport: 'SFO', at: micros('2001-01-02T00:00:00Z'), wind: 2.5, gusts: 7 },
  { airport: 'ORD', at: micros('2001-01-03T00:00:00Z'), wind: 4, gusts: 9 },
]

const connect = (apiKey = platform.hopsworks.apiKey) => {
  const { url, project, ca } = platform.hopsworks
  return connectHopsworks({ url, project, apiKey, ca })
}

/** As an administrator does it, for whom the client is not. */
const makeTagSchema = async (name: string) => {
  const { url, apiKey, ca } = platform.hopsworks
  const asked = request(`${url}/hopsworks-api/api/tags?name=${name}`, {
    method: 'POST',
    headers: { authorization: `ApiKey ${apiKey}` },
    ca,
  }).end('{}')
  const [{ statusCode }] = await once(asked, 'response')
  expect(statusCode).toBe(201)
}
const names = async (list: AsyncIterable<{ name: string }>) => (await all(list)).map(({ name }) => name)
const all = async <T>(list: AsyncIterable<T>) => {
  const found: T[] = []
  for await (const item of list) found.push(item)
  return found
}
const succeeds = async (execution: Execution) =>
  expect(await hopsworks.jobs.wait(execution, period)).toMatchObject({ outcome: 'succeeded' })

beforeAll(async () => {
  platform = await startLocalPlatform()
  hopsworks = await connect()
  reader = await connect(platform.hopsworks.readerKey)
  group = await hopsworks.featureGroups.getOrCreate(definition)
  view = await hopsworks.featureViews.getOrCreate(viewDefinition, [group])
  const writer = await openWriter(hopsworks, 'weather', 1)
  const { ingestion } = await writer.write(rows)
  if (!ingestion) throw new Error('nothing went online')
  await waitForOnline(hopsworks, ingestion, period)
  await writer.close()
}, 30_000)
afterAll(() => platform.close(), 30_000)

it('the server says what it is', async () => {
  expect(await hopsworks.server()).toMatchObject({ version: '5.2.1', heedsRowHeaders: true })
})

it('the newest write of a group is known to others', async () => {
  expect(await reader.onlineIngestions.latest(group.id)).toMatchObject({ rows: 2, done: 2, failed: 0 })
})

describe('feature groups', () => {
  const words = (described: FeatureGroup) => described.features.map(({ description }) => description)

  it('have the words of their definition', () => {
    expect(group.description).toBe('Weather at the airports')
    expect(words(group)).toEqual(['IATA code', 'when it was measured', 'in m/s', null])
  })

  it('are described anew, and keep what is not said', async () => {
    const changed = await hopsworks.featureGroups.describe(group, { features: { gusts: 'in m/s, the strongest' } })
    expect(words(changed)).toEqual(['IATA code', 'when it was measured', 'in m/s', 'in m/s, the strongest'])
    expect(changed.description).toBe('Weather at the airports')
    await hopsworks.featureGroups.describe(changed, { description: 'Wind at the airports' })
    const found = await reader.featureGroups.get('weather', 1)
    expect([found?.description, found?.features[0]?.description]).toEqual(['Wind at the airports', 'IATA code'])
  })

  it.each(['DELTA', 'NONE'] as const)('may be of format %s, partitioned, without event time', async (format) => {
    const calm: GroupDefinition = {
      name: `calm_${format.toLowerCase()}`,
      version: 1,
      description: '',
      online: false,
      features: [
        { name: 'airport', type: 'string', primary: true },
        { name: 'year', type: 'int', partition: true },
      ],
      timeTravelFormat: format,
      statistics: true,
    }
    const made = await hopsworks.featureGroups.getOrCreate(calm)
    expect(await hopsworks.featureGroups.getOrCreate(calm)).toEqual(made)
    const unpartitioned = { ...calm, features: calm.features.map((feature) => ({ ...feature, partition: false })) }
    const refused = hopsworks.featureGroups.getOrCreate(unpartitioned)
    await expect(refused).rejects.toThrow(/stored airport string key, year int partition/)
    const writer = await openWriter(hopsworks, calm.name, 1)
    await writer.write([2000, 2001, 2001].map((year) => ({ airport: 'SFO', year })))
    await writer.close()
    await succeeds(await hopsworks.jobs.start(materialisationJobs(made)))
    const { featureDescriptiveStatistics } = (await hopsworks.featureGroups.statistics.latest(made)) ?? {}
    expect(featureDescriptiveStatistics?.[1]).toMatchObject({ count: 2, min: 2000, max: 2001 })
    await hopsworks.featureGroups.delete(made)
  })

  it('are listed in all versions, and deleted', async () => {
    const second = await hopsworks.featureGroups.getOrCreate({ ...definition, version: 2 })
    const versions = (await all(hopsworks.featureGroups.list())).map(({ name, version }) => `${name} ${version}`)
    expect(versions).toEqual(['weather 1', 'weather 2'])
    await expect(reader.featureGroups.delete(second)).rejects.toMatchObject({ code: 320004 })
    expect(await hopsworks.featureGroups.delete(second)).toBe(true)
    expect(await hopsworks.featureGroups.delete(second)).toBe(false)
    expect(await hopsworks.featureGroups.get('weather', 2)).toBeUndefined()
  })

  it('are listed beyond one page', async () => {
    const many = Array.from({ length: 120 }, (_, at) => ({ ...definition, name: `page_${at}`, online: false }))
    const made = await Promise.all(many.map((one) => hopsworks.featureGroups.getOrCreate(one)))
    const found = await names(hopsworks.featureGroups.list())
    expect(found).toHaveLength(121)
    expect(new Set(found)).toEqual(new Set([...many.map(({ name }) => name), 'weather']))
    await Promise.all(made.map((one) => hopsworks.featureGroups.delete(one)))
  })

  it('have schemas, by number and by the id that messages name', async () => {
    const { id, schema } = await hopsworks.subjects.latest(group)
    expect(await hopsworks.subjects.versions(group)).toEqual([1])
    expect(await hopsworks.subjects.version(group, 1)).toMatchObject({ id, schema })
    expect(await hopsworks.subjects.schema(id)).toBe(schema)
    await expect(hopsworks.subjects.version(group, 2)).rejects.toMatchObject({ name: 'HopsworksNotFound', code: 40402 })
  })
})

describe('jobs', () => {
  it('are followed to their end, with what they have written', async () => {
    const started = await hopsworks.jobs.start(materialisationJobs(group))
    const seen = (await all(hopsworks.jobs.follow(started, { periodMs: 1 }))).map(({ outcome }) => outcome)
    expect(seen.at(-1)).toBe('succeeded')
    expect(seen.slice(0, -1)).toEqual(seen.slice(0, -1).map(() => 'running'))
    const { stdout, stderr } = await hopsworks.jobs.logs(started)
    expect(stdout).toContain('consumed 3 rows, left out 0')
    expect(stderr).toBe('')
  })

  it('are stopped', async () => {
    const names = materialisationJobs(group)
    const started = await Promise.all([1, 2, 3, 4].map(() => hopsworks.jobs.start(names)))
    const last = started.toSorted((a, b) => a.id - b.id).at(-1)!
    await hopsworks.jobs.stop(last)
    expect(await hopsworks.jobs.wait(last, period)).toMatchObject({
      outcome: 'failed',
      detail: expect.stringMatching(/^KILLED, KILLED/),
    })
    const ids = (await all(hopsworks.jobs.executions(last.job))).map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((a, b) => b - a))
    expect(ids).toContain(last.id)
  })

  it('are listed', async () => {
    expect(await names(hopsworks.jobs.list())).toContain('weather_1_offline_fg_materialization')
  })

  it('are waited for no longer than is said', async () => {
    const started = await hopsworks.jobs.start(materialisationJobs(group))
    const known = await hopsworks.jobs.wait(started, { periodMs: 60_000, timeoutMs: 1 })
    expect(['running', 'succeeded']).toContain(known.outcome)
    await succeeds(started)
  })
})

describe('statistics', () => {
  it('of a group are none until they are computed', async () => {
    expect(await reader.featureGroups.statistics.latest(group)).toBeUndefined()
    await succeeds(await hopsworks.featureGroups.statistics.compute(group))
    const found = await reader.featureGroups.statistics.latest(group)
    expect(found?.featureDescriptiveStatistics).toMatchObject([
      { featureName: 'airport', featureType: 'String', count: 3, approxNumDistinctValues: 2, mean: null },
      { featureName: 'at', count: 3, numNullValues: 0 },
      { featureName: 'wind', featureType: 'Fractional', min: 1, max: 4, mean: 2.5, sum: 7.5, stdDev: 1.5 },
      { featureName: 'gusts', featureType: 'Integral', numNullValues: 1, completeness: 2 / 3, mean: 8 },
    ])
    const percentiles = found?.featureDescriptiveStatistics[2]?.percentiles ?? []
    expect([percentiles.length, percentiles[49], percentiles[99]]).toEqual([100, 2.5, 4])
  })
})

describe('feature views', () => {
  it('are described, listed and deleted', async () => {
    expect(view.description).toBe('Wind')
    expect(await hopsworks.featureViews.describe(view, 'Wind and gusts')).toMatchObject({ id: view.id })
    expect((await reader.featureViews.get('weather', 1))?.description).toBe('Wind and gusts')
    const second = await hopsworks.featureViews.getOrCreate({ ...viewDefinition, version: 2 }, [group])
    expect(await names(hopsworks.featureViews.list())).toEqual(['weather', 'weather'])
    expect(await hopsworks.featureViews.delete(second)).toBe(true)
    expect(await hopsworks.featureViews.delete(second)).toBe(false)
  })
})

describe('training datasets', () => {
  const at = (text: string) => Date.parse(text)
  const bounds = { start: at('2001-01-01'), end: at('2001-01-04') }
  const splits = [
    { name: 'train', start: bounds.start, end: at('2001-01-03') },
    { name: 'test', start: at('2001-01-03'), end: bounds.end },
  ]
  const path = (location: string) => new URL(location).pathname

  it('lie in HopsFS where they name no connector, from where they are read, and go with their files', async () => {
    const { version, location } = await hopsworks.trainingDatasets.create(view, { splits, format: 'parquet' })
    await succeeds(await hopsworks.trainingDatasets.compute(view, version, bounds))
    const folder = path(location ?? '')
    expect((await names(nameOf(reader.files.list(folder)))).toSorted()).toEqual(['test', 'train'])
    const parts = await all(reader.files.list(`${folder}/train`))
    const part = parts.find((file) => file.path.endsWith('.parquet'))
    const bytes = Buffer.concat(await all(reader.files.download(part?.path ?? '')))
    expect(bytes).toHaveLength(part?.size ?? 0)
    const file = new Uint8Array(bytes).buffer
    expect(await parquetReadObjects({ file })).toMatchObject([
      { airport: 'SFO', wind: 1, gusts: null },
      { airport: 'SFO', wind: 2.5, gusts: 7 },
    ])

    await succeeds(await hopsworks.trainingDatasets.statistics.compute({ view, version }))
    const { splitStatistics } = (await reader.trainingDatasets.statistics.latest({ view, version })) ?? {}
    const wind = splitStatistics?.map(({ name, featureDescriptiveStatistics: described }) => [
      name,
      described.find(({ featureName }) => featureName === 'wind')?.max,
    ])
    expect(wind).toEqual([
      ['train', 2.5],
      ['test', 4],
    ])

    expect(await hopsworks.trainingDatasets.delete(view, version)).toBe(true)
    expect(await hopsworks.trainingDatasets.delete(view, version)).toBe(false)
    expect(await reader.files.get(folder)).toBeUndefined()
    await expect(all(reader.files.download(`${folder}/train`))).rejects.toMatchObject({ code: 110008 })
  })

  it('are listed', async () => {
    for (const _ of splits) await hopsworks.trainingDatasets.create(view, { splits, format: 'parquet' })
    const found = (await all(reader.trainingDatasets.list(view))).map(({ version }) => version)
    expect(found).toEqual([found[0], (found[0] ?? 0) + 1])
  })
})

const nameOf = async function* (files: AsyncIterable<{ path: string }>) {
  for await (const { path } of files) yield { name: path.replace(/.*\//, '') }
}

describe('tags', () => {
  beforeAll(() => makeTagSchema('owner'))

  it('are values of any kind, of a group, a view and a training dataset', async () => {
    const { version } = await hopsworks.trainingDatasets.create(view, {
      splits: [{ name: 'train', start: 0, end: 1 }],
      format: 'parquet',
    })
    const owner = { team: 'delays', since: 2001, 'on call': [true, null] }
    await hopsworks.featureGroups.tags.put(group, 'owner', owner)
    await hopsworks.featureViews.tags.put(view, 'owner', 'delays')
    await hopsworks.trainingDatasets.tags.put({ view, version }, 'owner', 0)
    await hopsworks.featureViews.tags.put(view, 'owner', 'weather')
    expect(await reader.featureGroups.tags.get(group)).toEqual({ owner })
    expect(await reader.featureViews.tags.get(view)).toEqual({ owner: 'weather' })
    expect(await reader.trainingDatasets.tags.get({ view, version })).toEqual({ owner: 0 })
    expect(await hopsworks.featureGroups.tags.delete(group, 'owner')).toBe(true)
    expect(await hopsworks.featureGroups.tags.delete(group, 'owner')).toBe(false)
    expect(await reader.featureGroups.tags.get(group)).toEqual({})
  })

  it('need a schema', async () => {
    const refused = hopsworks.featureGroups.tags.put(group, 'mood', 'good')
    await expect(refused).rejects.toMatchObject({ name: 'HopsworksNotFound', code: 370000 })
  })
})

it('connectors are listed and deleted', async () => {
  const { connector } = await hopsworks.connectors.put({
    name: 'bin',
    description: 'to be deleted',
    bucket: 'bin',
    path: '',
    region: 'eu-west-1',
    identity: { accessKey: 'AKIA', secretKey: 'never shown' },
    arguments: {},
  })
  expect(JSON.stringify(connector)).not.toContain('never shown')
  expect(await all(hopsworks.connectors.list())).toMatchObject([{ name: 'bin', storageConnectorType: 'S3' }])
  expect(await hopsworks.connectors.delete('bin')).toBe(true)
  expect(await hopsworks.connectors.delete('bin')).toBe(false)
})

it('a list that nobody reads on ends with the signal', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(all(hopsworks.featureGroups.list(signal))).rejects.toThrow('enough')
  await expect(hopsworks.variable('upload_policy', signal)).rejects.toThrow('enough')
})
