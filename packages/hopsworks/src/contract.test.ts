import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parquetReadObjects } from 'hyparquet'
import { startLocalPlatform } from '../test-support/local-platform.ts'
import { HopsworksBadRow, HopsworksMismatch, HopsworksNotFound, HopsworksUnauthorised } from './errors.ts'
import type { GroupWriter, Values } from './ingest/index.ts'
import { openWriter } from './ingest/index.ts'
import type { GroupDefinition, Hopsworks, ViewDefinition } from './management/index.ts'
import { connectHopsworks, materialisationJobs } from './management/index.ts'
import type { Vectors } from './vectors/index.ts'
import { openVectors } from './vectors/index.ts'

let platform: Awaited<ReturnType<typeof startLocalPlatform>>
let s3: S3Client
let hopsworks: Hopsworks
let vectors: Vectors
let trips: GroupWriter
let stations: GroupWriter

const connect = (change: { apiKey?: string; project?: string; ca?: string | null } = {}) => {
  const { url, project, apiKey, ca, search } = platform.hopsworks
  return connectHopsworks({ url, project, apiKey, ca, search, ...change })
}

beforeAll(async () => {
  platform = await startLocalPlatform()
  s3 = new S3Client({ ...platform.aws, forcePathStyle: true })
  hopsworks = await connect()
  const { vectors: at, readerKey, project, ca } = platform.hopsworks
  vectors = openVectors({ ...at, apiKey: readerKey, project, ca })
}, 30_000)

afterAll(async () => {
  await trips?.close()
  await stations?.close()
  await vectors?.close()
  await platform?.close()
}, 30_000)

const tripDefinition: GroupDefinition = {
  name: 'trips',
  version: 1,
  description: 'Every trip, once it has ended',
  online: false,
  features: [
    { name: 'station', type: 'string', primary: true },
    { name: 'line', type: 'int', primary: true },
    { name: 'left_at', type: 'timestamp' },
    { name: 'late', type: 'boolean' },
  ],
  eventTime: 'left_at',
  timeTravelFormat: 'HUDI',
}

const stationDefinition: GroupDefinition = {
  name: 'stations',
  version: 1,
  description: 'How the station has been doing',
  online: true,
  features: [
    { name: 'station', type: 'string', primary: true, onlineType: 'varchar(12)' },
    { name: 'tile_end', type: 'timestamp' },
    { name: 'passengers', type: 'bigint' },
    { name: 'delay', type: 'double' },
    { name: 'open', type: 'boolean' },
    { name: 'opened_on', type: 'date' },
    { name: 'share', type: 'float' },
  ],
  eventTime: 'tile_end',
  timeTravelFormat: 'HUDI',
}

const viewDefinition: ViewDefinition = {
  name: 'trip_delays',
  version: 1,
  label: ['late'],
  left: { group: 'trips', features: ['line'] },
  joins: [{ group: 'stations', features: ['tile_end', 'passengers', 'delay'], on: ['station'], prefix: 'station_' }],
}
const servingDefinition: ViewDefinition = {
  ...viewDefinition,
  name: 'trip_delays_serving',
  left: { group: 'trips', features: [] },
  joins: [
    {
      group: 'stations',
      features: ['tile_end', 'passengers', 'delay', 'open', 'opened_on', 'share'],
      on: ['station'],
      prefix: 'station_',
    },
  ],
}

const micros = (text: string) => BigInt(Date.parse(text)) * 1_000n
const station = (name: string, time: string, values: Values = {}): Values => ({
  station: name,
  tile_end: micros(time),
  passengers: 0n,
  delay: null,
  open: null,
  opened_on: null,
  share: null,
  ...values,
})
const trip = (name: string, line: number, time: string, late: boolean): Values => ({
  station: name,
  line,
  left_at: micros(time),
  late,
})

/** Asks until the answer is what is wanted. */
const until = async <T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await ask()
    if (wanted(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it did not come to that in time')
}

const applied = async ({ ingestion }: Awaited<ReturnType<GroupWriter['write']>>) => {
  if (!ingestion) throw new Error('nothing went online')
  const ask = () => hopsworks.onlineIngestions.get(ingestion.featureGroupId, ingestion.id)
  return until(ask, (found) => (found?.done ?? 0) >= ingestion.rows)
}

const succeeded = async (job: string, id: number) => {
  const ended = await until(
    () => hopsworks.jobs.execution(job, id),
    ({ outcome }) => outcome !== 'running',
  )
  expect(ended.outcome).toBe('succeeded')
}

const materialise = async (group: { name: string; version: number }) => {
  const { job, id } = await hopsworks.jobs.start(materialisationJobs(group))
  await succeeded(job, id)
}

describe('the client logs in', () => {
  it('and learns the ids of project and feature store', () => {
    expect(hopsworks).toMatchObject({ projectId: 119, featureStoreId: 67 })
  })

  it.each([
    ['an unknown key', { apiKey: 'ABCDEFGHIJKLMNOP.secret' }, HopsworksUnauthorised, 320002],
    ['a key that is none', { apiKey: 'secret' }, HopsworksUnauthorised, 320012],
    ['an unknown project', { project: 'nowhere' }, HopsworksNotFound, 150004],
    ['a project of others', { project: 'other' }, HopsworksUnauthorised, 150068],
  ])('not with %s', async (_, change, error, code) => {
    const login = connect(change)
    await expect(login).rejects.toBeInstanceOf(error)
    await expect(login).rejects.toMatchObject({ code })
  })

  it('not to a server whose authority it does not know', async () => {
    await expect(
      connectHopsworks({ ...platform.hopsworks, ca: null, retry: { totalMs: 1, baseMs: 1, maxMs: 1 } }),
    ).rejects.toMatchObject({ name: 'HopsworksUnreachable' })
  })
})

describe('feature groups', () => {
  it('are made once, whoever is faster', async () => {
    expect(await hopsworks.featureGroups.get('trips', 1)).toBeUndefined()
    const made = await Promise.all([1, 2, 3].map(() => hopsworks.featureGroups.getOrCreate(tripDefinition)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(await hopsworks.featureGroups.get('trips', 1)).toEqual(made[0])
    expect(await hopsworks.featureGroups.getOrCreate(stationDefinition)).toMatchObject({ onlineEnabled: true })
  })

  it('are left as they are when the definition differs', async () => {
    const change = { ...tripDefinition, eventTime: 'line', features: tripDefinition.features.slice(0, 3) }
    await expect(hopsworks.featureGroups.getOrCreate(change)).rejects.toBeInstanceOf(HopsworksMismatch)
  })

  it('grow by the features that a definition adds', async () => {
    const small = { ...stationDefinition, name: 'platforms', features: stationDefinition.features.slice(0, 3) }
    const open = { name: 'open', type: 'boolean', defaultValue: 'true' }
    const all = stationDefinition.features.map((feature) => (feature.name === 'open' ? open : feature))
    const large = { ...stationDefinition, name: 'platforms', features: all }
    const before = await hopsworks.featureGroups.getOrCreate(small)
    const old = await openWriter(hopsworks, 'platforms', 1)
    await applied(await old.write([{ station: 'Bern', tile_end: 0n, passengers: 1n }]))
    const grown = await hopsworks.featureGroups.getOrCreate(large)
    expect(grown.features.map(({ name }) => name)).toEqual(large.features.map(({ name }) => name))
    expect(grown.id).toBe(before.id)
    const writer = await openWriter(hopsworks, 'platforms', 1)
    await applied(await writer.write([station('Genf', '2001-01-01T00:00:00Z', { passengers: 2n, delay: 0.5 })]))
    await applied(await old.write([{ station: 'Chur', tile_end: 0n, passengers: 3n }])) // who was open goes on
    await materialise(large)
    const join = { group: 'platforms', features: ['passengers', 'delay', 'open'], on: ['station'], prefix: '' }
    const view = { ...servingDefinition, name: 'platforms_serving', joins: [join] }
    await hopsworks.featureViews.getOrCreate(view, [await hopsworks.featureGroups.getOrCreate(tripDefinition), grown])
    const keys = ['Bern', 'Genf', 'Chur'].map((name) => ({ station: name }))
    const found = await vectors.readBatch('platforms_serving', 1, keys)
    expect(found.map(({ values }) => [values['passengers'], values['delay'], values['open']])).toEqual([
      [1n, null, true],
      [2n, 0.5, null],
      [3n, null, true],
    ])
    const wrong = { ...large, features: [...all, { name: 'gates', type: 'int', defaultValue: 'many' }] }
    await expect(hopsworks.featureGroups.getOrCreate(wrong)).rejects.toMatchObject({ code: 270114 })
    await old.close()
    await writer.close()
  })

  it('are not made with the reader’s key', async () => {
    const reader = await connect({ apiKey: platform.hopsworks.readerKey })
    expect(await reader.featureGroups.get('trips', 1)).toBeDefined()
    const refused = reader.featureGroups.getOrCreate({ ...tripDefinition, version: 2 })
    await expect(refused).rejects.toMatchObject({ name: 'HopsworksUnauthorised', code: 320004 })
  })
})

describe('rows', () => {
  it('reach the online store, the newest of each key', async () => {
    stations = await openWriter(hopsworks, 'stations', 1)
    const written = await stations.write([
      station('Zürich', '2001-01-03T00:00:00Z', { passengers: 3n, delay: 3.5 }),
      station('Zürich', '2001-01-01T00:00:00Z', { passengers: 1n, delay: 1 }),
      station('Zürich', '2001-01-02T00:00:00Z', { passengers: 2n, delay: 2 }),
      station('京都', '2001-01-01T06:00:00.000Z', {
        passengers: 2n ** 62n + 1n,
        delay: -0.1,
        open: true,
        opened_on: 11_323,
        share: 0.1,
      }),
    ])
    expect(written).toMatchObject({ rows: 4, ingestion: { rows: 2 } })
    expect(await applied(written)).toMatchObject({ rows: 2, done: 2, failed: 0 })
  })

  it('that are older than what is there do not replace it', async () => {
    const late = await stations.write([station('Zürich', '2001-01-02T12:00:00Z', { passengers: 25n })])
    expect(await applied(late)).toMatchObject({ done: 1, failed: 0 })
  })

  it('that the online store cannot hold are counted as failed', async () => {
    const long = await stations.write([station('a name of more than twelve', '2001-01-02T00:00:00Z')])
    expect(await applied(long)).toMatchObject({ done: 1, failed: 1 })
    if (!long.ingestion) throw new Error('nothing went online')
    const failures = []
    for await (const failure of hopsworks.onlineIngestions.failures(long.ingestion)) failures.push(failure)
    const reason = 'station is longer than 12'
    expect(failures).toEqual([
      {
        type: 'USER_DATA',
        reason,
        key: null,
        topic: 'demo_onlinefs',
        partition: expect.any(Number),
        offset: expect.any(Number),
      },
    ])
  })

  it('are removed from the online store by their keys', async () => {
    const bern = station('Bern', '2001-01-02T00:00:00Z', { passengers: 9n })
    await applied(await stations.write([bern]))
    const removed = await stations.remove([{ station: 'Bern' }, { station: 'Atlantis' }])
    expect(removed).toMatchObject({ rows: 2, ingestion: { rows: 2 } })
    expect(await applied(removed)).toMatchObject({ done: 2, failed: 0 })
    const view = { ...servingDefinition, name: 'removed' }
    const group = await hopsworks.featureGroups.getOrCreate(tripDefinition)
    await hopsworks.featureViews.getOrCreate(view, [group, stations.group])
    const read = async () => (await vectors.read('removed', 1, { station: 'Bern' })).status
    expect(await read()).toBe('MISSING')
    await applied(await stations.write([bern]))
    expect(await read()).toBe('COMPLETE')
    await applied(await stations.remove([bern]))
  })

  it('that the schema cannot hold are refused by their columns', async () => {
    const bad = stations.write([station('Bern', '2001-01-02T00:00:00Z', { delay: 'late', open: 3 })])
    await expect(bad).rejects.toBeInstanceOf(HopsworksBadRow)
    await expect(bad).rejects.toThrow('delay, open')
  })

  it('of an offline group go by tens of thousands, through brokers that know only certificates', async () => {
    trips = await openWriter(hopsworks, 'trips', 1)
    const many = Array.from({ length: 20_000 }, (_, at) =>
      trip('Basel', at, new Date(Date.UTC(2001, 5, 1) + at * 1_000).toISOString(), at % 2 === 0),
    )
    expect(await trips.write(many)).toEqual({ rows: 20_000, ingestion: null })
    const few = [
      trip('Zürich', 1, '2001-01-01T12:00:00Z', true), // the last of its key and time replaces it
      trip('Zürich', 1, '2001-01-02T00:00:00Z', true),
      trip('京都', 1, '2001-01-01T05:00:00Z', false),
      trip('京都', 1, '2001-01-02T06:00:00.123Z', true),
      trip('Zürich', 1, '2001-01-03T00:00:00Z', false),
      trip('Zürich', 1, '2001-01-01T12:00:00Z', false),
    ]
    expect(await trips.write(few)).toMatchObject({ rows: 6 })
    await materialise(tripDefinition)
    await materialise(stationDefinition)
  }, 30_000)
})

const layoutDefinition: GroupDefinition = {
  name: 'layouts',
  version: 1,
  description: 'Arrays, maps and structs',
  online: true,
  features: [
    { name: 'id', type: 'bigint', primary: true },
    { name: 'at', type: 'timestamp' },
    { name: 'weights', type: 'array<double>', onlineType: 'varbinary(200)' },
    { name: 'gate', type: 'struct<x:int,names:array<string>>', onlineType: 'varbinary(200)' },
    { name: 'other_gate', type: 'struct<x:int,names:array<string>>' },
    { name: 'counts', type: 'map<string,bigint>' },
    { name: 'seen', type: 'array<struct<day:date,at:timestamp,price:decimal(10,2),seal:binary>>' },
  ],
  eventTime: 'at',
  timeTravelFormat: 'HUDI',
}
const layout = {
  id: 1n,
  at: 0n,
  weights: [1, -2.5, null],
  gate: { x: -1, names: ['A', 'é', null] },
  other_gate: { x: null, names: [] },
  counts: { a: 2n ** 53n + 1n, b: null },
  seen: [{ day: '2026-01-02', at: 1n, price: '12.34', seal: Buffer.from([0, 255]) }],
}
const bare = { id: 2n, at: 0n, weights: null, gate: null, other_gate: null, counts: {}, seen: [] }

describe('arrays, maps and structs', () => {
  beforeAll(async () => {
    const group = await hopsworks.featureGroups.getOrCreate(layoutDefinition)
    const writer = await openWriter(hopsworks, 'layouts', 1)
    const long = { ...bare, id: 3n, weights: Array.from({ length: 30 }, Math.sqrt) }
    expect(await applied(await writer.write([layout, bare, long]))).toMatchObject({ done: 3, failed: 1 })
    await writer.close()
    const features = layoutDefinition.features.map(({ name }) => name)
    const left = { group: 'layouts', features }
    await hopsworks.featureViews.getOrCreate({ name: 'layouts', version: 1, label: [], left, joins: [] }, [group])
  })

  it('are read as they were written', async () => {
    const found = await vectors.readBatch('layouts', 1, [{ id: 1n }, { id: 2n }, { id: 3n }])
    expect(found.map(({ status }) => status)).toEqual(['COMPLETE', 'COMPLETE', 'MISSING'])
    expect({ ...found[0]?.values }).toEqual(layout)
    expect({ ...found[1]?.values }).toEqual(bare)
  })

  it('may not have keys that are no text', async () => {
    const odd = { name: 'odd', type: 'map<int,int>' }
    const definition = { ...layoutDefinition, name: 'odd', features: [...layoutDefinition.features, odd] }
    await expect(hopsworks.featureGroups.getOrCreate(definition)).rejects.toMatchObject({ code: 270152 })
  })
})

describe('feature vectors', () => {
  beforeAll(async () => {
    const groups = [trips.group, stations.group]
    await hopsworks.featureViews.getOrCreate(servingDefinition, groups)
  })

  const zürich = {
    station_tile_end: micros('2001-01-03T00:00:00Z'),
    station_passengers: 3n,
    station_delay: 3.5,
    station_open: null,
    station_opened_on: null,
    station_share: null,
  }
  const kyoto = {
    station_tile_end: micros('2001-01-01T06:00:00Z'),
    station_passengers: 2n ** 62n + 1n,
    station_delay: -0.1,
    station_open: true,
    station_opened_on: '2001-01-01',
    station_share: 0.1,
  }
  const missing = Object.fromEntries(Object.keys(zürich).map((name) => [name, null]))

  it('are exact in every type', async () => {
    const { values, status, groups } = await vectors.read('trip_delays_serving', 1, { station: '京都' })
    expect({ ...values }).toEqual(kyoto)
    expect(status).toBe('COMPLETE')
    expect(groups).toEqual([{ featureGroupId: stations.group.id, httpStatus: 200 }])
  })

  it('come in the order of a batch, missing keys as nulls', async () => {
    const names = ['Zürich', 'Atlantis', '京都', 'Zürich']
    const found = await vectors.readBatch(
      'trip_delays_serving',
      1,
      names.map((name) => ({ station: name })),
    )
    expect(found.map(({ values }) => ({ ...values }))).toEqual([zürich, missing, kyoto, zürich])
    expect(found.map(({ status }) => status)).toEqual(['COMPLETE', 'MISSING', 'COMPLETE', 'COMPLETE'])
    expect(found[1]?.groups).toEqual([{ featureGroupId: stations.group.id, httpStatus: 404 }])
  })

  it('are read by many at once, through few sockets', async () => {
    const reads = Array.from({ length: 500 }, () => vectors.read('trip_delays_serving', 1, { station: 'Zürich' }))
    const passengers = (await Promise.all(reads)).map(({ values }) => values['station_passengers'])
    expect(new Set(passengers)).toEqual(new Set([3n]))
  })

  it.each([
    ['an unknown view', 'nope', { station: 'Bern' }, 'HopsworksNotFound', 1],
    ['an unknown version', 'trip_delays_serving', { station: 'Bern' }, 'HopsworksNotFound', 1],
    ['an unknown key', 'trip_delays_serving', { town: 'Bern' }, 'HopsworksRejected', 12],
    ['no key', 'trip_delays_serving', {}, 'HopsworksRejected', 15],
  ])('are refused for %s', async (what, view, entry, name, code) => {
    const read = vectors.read(view, what === 'an unknown version' ? 2 : 1, entry)
    await expect(read).rejects.toMatchObject({ name, code })
  })

  it('are refused to a key that is not known', async () => {
    const { vectors: at, project, ca } = platform.hopsworks
    const stranger = openVectors({ ...at, apiKey: 'ABCDEFGHIJKLMNOP.secret', project, ca })
    await expect(stranger.ping()).rejects.toBeInstanceOf(HopsworksUnauthorised)
    await stranger.close()
  })
})

describe('training data', () => {
  const bucket = 'snapshots'
  const role = 'hopsworks-snapshots'

  const rowsOf = async (location: string, split: string) => {
    const prefix = `${location.replace(`s3://${bucket}/`, '')}/${split}/`
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }))
    const parts = Contents.flatMap(({ Key = '' }) => (Key.endsWith('.parquet') ? [Key] : []))
    expect(Contents.map(({ Key }) => Key)).toContain(`${prefix}_SUCCESS`)
    const rows = await Promise.all(
      parts.map(async (Key) => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
        const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array()
        return parquetReadObjects({ file: new Uint8Array(bytes).buffer })
      }),
    )
    return rows.flat()
  }

  const connector = (change = {}) => ({
    name: 'snapshots',
    description: 'Training data',
    bucket,
    path: '',
    region: platform.aws.region,
    identity: { iamRole: `arn:aws:iam::000000000000:role/${role}` },
    arguments: { 'fs.s3a.endpoint': platform.aws.endpoint },
    ...change,
  })

  beforeAll(async () => {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
    const iam = new IAMClient(platform.aws)
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }
    await iam.send(
      new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: JSON.stringify({ Statement: [trust] }) }),
    )
    const mayWrite = {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    }
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: role,
        PolicyName: 'write',
        PolicyDocument: JSON.stringify({ Statement: [mayWrite] }),
      }),
    )
  })

  it('has a connector that is changed only where it points elsewhere', async () => {
    expect(await hopsworks.connectors.get('snapshots')).toBeUndefined()
    expect(await hopsworks.connectors.put(connector({ bucket: 'other' }))).toMatchObject({ change: 'created' })
    expect(await hopsworks.connectors.put(connector())).toMatchObject({ change: 'updated' })
    expect(await hopsworks.connectors.put(connector())).toMatchObject({ change: 'unchanged' })
  })

  it('holds in each split what was known at the time', async () => {
    const view = await hopsworks.featureViews.getOrCreate(viewDefinition, [trips.group, stations.group])
    const found = await hopsworks.connectors.get('snapshots')
    if (!found) throw new Error('the connector is not there')
    const at = (text: string) => Date.parse(text)
    const bounds = { start: at('2001-01-01'), end: at('2001-01-04') }
    const made = await hopsworks.trainingDatasets.create(view, {
      description: 'the first days',
      splits: [
        { name: 'train', start: bounds.start, end: at('2001-01-02') },
        { name: 'test', start: at('2001-01-02'), end: bounds.end },
      ],
      connector: found,
      path: 'trips',
      format: 'parquet',
    })
    const { job, id } = await hopsworks.trainingDatasets.compute(view, made.version, bounds)
    await succeeded(job, id)

    const row = (name: string, left: string, late: boolean, known: [string, bigint, number] | null) => ({
      line: 1,
      late,
      station_tile_end: known && new Date(known[0]),
      station_passengers: known && known[1],
      station_delay: known && known[2],
      station: name,
      left_at: new Date(left),
      station_station: known && name,
    })
    const location = made.location ?? ''
    expect(await rowsOf(location, 'train')).toEqual([
      row('京都', '2001-01-01T05:00:00Z', false, null),
      row('Zürich', '2001-01-01T12:00:00Z', false, ['2001-01-01T00:00:00Z', 1n, 1]),
    ])
    expect(await rowsOf(location, 'test')).toEqual([
      row('Zürich', '2001-01-02T00:00:00Z', true, ['2001-01-02T00:00:00Z', 2n, 2]),
      row('京都', '2001-01-02T06:00:00.123Z', true, ['2001-01-01T06:00:00Z', 2n ** 62n + 1n, -0.1]),
      row('Zürich', '2001-01-03T00:00:00Z', false, ['2001-01-03T00:00:00Z', 3n, 3.5]),
    ])
    for await (const listed of hopsworks.trainingDatasets.list(view))
      expect(listed).toMatchObject({ version: 1, location })
    expect(await hopsworks.trainingDatasets.get(view, 2)).toBeUndefined()
  }, 30_000)

  it('holds arrays, maps and structs', async () => {
    const [view, found] = await Promise.all([
      hopsworks.featureViews.get('layouts', 1),
      hopsworks.connectors.get('snapshots'),
    ])
    if (!view || !found) throw new Error('the view or the connector is not there')
    await materialise(layoutDefinition)
    const splits = [{ name: 'train', start: -1, end: 1 }]
    const definition = { splits, connector: found, path: 'layouts', format: 'parquet' } as const
    const { version, location } = await hopsworks.trainingDatasets.create(view, definition)
    const { job, id } = await hopsworks.trainingDatasets.compute(view, version, { start: -1, end: 1 })
    await succeeded(job, id)
    const [row] = await rowsOf(location ?? '', 'train')
    expect(row).toEqual({
      ...layout,
      at: new Date(0),
      seen: [{ day: new Date('2026-01-02'), at: expect.any(Date), price: 12.34, seal: expect.any(String) }],
    })
  })

  it('needs the role of its connector', async () => {
    const [view, found] = await Promise.all([
      hopsworks.featureViews.get('trip_delays', 1),
      hopsworks.connectors.put(
        connector({ name: 'stray', identity: { iamRole: 'arn:aws:iam::000000000000:role/nobody' } }),
      ),
    ])
    if (!view) throw new Error('the view is not there')
    const splits = [{ name: 'train', start: 0, end: 1 }]
    const definition = { splits, connector: found.connector, path: 'trips', format: 'parquet' } as const
    const { version } = await hopsworks.trainingDatasets.create(view, definition)
    const { job, id } = await hopsworks.trainingDatasets.compute(view, version, { start: 0, end: 1 })
    const ended = await until(
      () => hopsworks.jobs.execution(job, id),
      ({ outcome }) => outcome !== 'running',
    )
    expect(ended).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('stderr') })
  })
})

describe('a restart of Hopsworks', () => {
  it('is survived by writers and readers that were open', async () => {
    await platform.restartHopsworks()
    const { values } = await vectors.read('trip_delays_serving', 1, { station: 'Zürich' })
    expect(values['station_passengers']).toBe(3n)
    const written = await stations.write([station('Zürich', '2001-01-04T00:00:00Z', { passengers: 4n })])
    expect(await applied(written)).toMatchObject({ done: 1, failed: 0 })
    const newest = await vectors.read('trip_delays_serving', 1, { station: 'Zürich' })
    expect(newest.values['station_passengers']).toBe(4n)
  }, 30_000)
})
