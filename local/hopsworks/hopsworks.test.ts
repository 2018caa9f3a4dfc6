import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parquetReadObjects } from 'hyparquet'
import kafkajs from 'kafkajs'
import { airport, F, flights, micros, openProducer, rowEncoder } from './testing/demo-groups.ts'
import { startObjectStore } from './testing/object-store.ts'
import type { Hopsworks } from './testing/start-process.ts'
import { startProcess, until } from './testing/start-process.ts'

let state: string
let s3: Awaited<ReturnType<typeof startObjectStore>>
let hopsworks: Hopsworks
const groups: Record<string, { id: number; name: string; onlineTopicName: string }> = {}

const environment = () => ({
  AWS_ENDPOINT_URL: s3.endpoint,
  AWS_ACCESS_KEY_ID: 'AKIAINSTANCE',
  AWS_SECRET_ACCESS_KEY: 'own',
})

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'local-hopsworks-'))
  s3 = await startObjectStore()
  hopsworks = await startProcess(state, { env: environment() })
}, 30_000)
afterAll(async () => {
  await hopsworks.stop()
  await s3.close()
  rmSync(state, { recursive: true })
}, 30_000)

const succeeded = async (job: string) => {
  const path = `project/119/jobs/${job}/executions?limit=1&sort_by=submissiontime:desc`
  const { body } = await until(
    () => hopsworks.rest('GET', path),
    (reply) => reply.body.items?.[0].finalStatus !== 'UNDEFINED',
  )
  const [execution] = body.items
  const log = await hopsworks.rest('GET', `project/119/dataset/download/with_auth/${execution.stderrPath}`)
  expect([execution.finalStatus, log.body]).toEqual(['SUCCEEDED', ''])
  return execution
}

const materialise = async (job: string, args = '') => {
  const started = await hopsworks.rest('POST', `project/119/jobs/${job}/executions`, args)
  expect(started).toMatchObject({ status: 201, body: { finalStatus: 'UNDEFINED' } })
  return succeeded(job)
}

describe('login', () => {
  it('answers the four requests of SDK 5.2.1 in order', async () => {
    const { rest } = hopsworks
    const versions = await rest('GET', 'variables/versions')
    const project = await rest('GET', 'project/getProjectInfo/demo')
    const memberships = await rest('GET', 'project')
    const credentials = await rest('GET', 'project/119/credentials')
    expect(versions.body[0].software).toBe('hopsworks')
    expect(project.body).toMatchObject({ projectId: 119, projectName: 'demo' })
    expect(memberships.body[0].user.username).toBe('meb10000')
    expect(credentials.body.clientCert).toMatch('BEGIN CERTIFICATE')
    expect((await rest('GET', 'project/119/featurestores/demo_featurestore')).body.featurestoreId).toBe(67)
  })

  it('refuses keys that it does not know, and writes with a reader key, in the envelope', async () => {
    const { rest, ready } = hopsworks
    const wrong = await rest('GET', 'project', undefined, 'ABCDEFGHIJKLMNOP.wrong')
    expect(wrong).toMatchObject({ status: 401, body: { errorCode: 320002, errorMsg: 'Api key not found' } })
    expect(await rest('GET', 'project', undefined, 'short')).toMatchObject({ status: 401, body: { errorCode: 320012 } })
    const reader = await rest('POST', `${F}/featuregroups`, flights, ready.readerKey)
    expect(reader).toMatchObject({ status: 403, body: { errorCode: 320004 } })
  })

  it('calls a request that it does not know a gap, loudly', async () => {
    const reply = await hopsworks.rest('GET', 'project/119/git/repository')
    expect(reply).toMatchObject({ status: 404, body: { errorCode: 120001, type: 'restApiJsonResponse' } })
    await until(
      () => Promise.resolve(hopsworks.logs),
      (logs) => logs.some((line) => line.includes('"gap"')),
    )
  })
})

describe('feature groups', () => {
  it('are created with topic, online types and one precombine key, and found again', async () => {
    for (const definition of [flights, airport]) {
      const missing = await hopsworks.rest('GET', `${F}/featuregroups/${definition.name}?version=1`)
      expect(missing).toMatchObject({ status: 404, body: { errorCode: 270009 } })
      const created = await hopsworks.rest('POST', `${F}/featuregroups?expand=features`, definition)
      expect(created.status).toBe(201)
      groups[definition.name] = created.body
      const found = await hopsworks.rest('GET', `${F}/featuregroups/${definition.name}?version=1&expand=features`)
      expect(found.body).toEqual([created.body])
    }
    expect(groups['airport']).toMatchObject({ onlineTopicName: 'demo_onlinefs', onlineEnabled: true })
    expect(groups['flights']?.onlineTopicName).toBe('demo')
    const { features } = (await hopsworks.rest('GET', `${F}/featuregroups/${groups['airport']?.id}`)).body
    expect(features.map((feature: { onlineType: string }) => feature.onlineType)).toEqual([
      'varchar(3)',
      'timestamp',
      'bigint',
      'double',
    ])
    expect(features.filter((feature: { hudiPrecombineKey: boolean }) => feature.hudiPrecombineKey)).toHaveLength(1)
    expect(
      (await hopsworks.rest('GET', `${F}/featuregroups/${groups['airport']?.id}/expectationsuite`)).body.count,
    ).toBe(0)
  })

  it.each([
    ['a second of the same version', {}, 270089],
    ['a name with capitals', { name: 'Flights' }, 270091],
    ['no primary key', { name: 'x', features: [{ name: 'a', type: 'int' }], eventTime: null }, 270121],
    ['an event time that is a string', { name: 'x', eventTime: 'origin' }, 270171],
    ['an event time that is not there', { name: 'x', eventTime: 'nope' }, 270172],
    [
      'a type that is not kept',
      { name: 'x', features: [{ name: 'a', type: 'array<uniontype<int>>', primary: true }], eventTime: null },
      270151,
    ],
  ])('refuse %s', async (_, change, errorCode) => {
    const reply = await hopsworks.rest('POST', `${F}/featuregroups`, { ...flights, ...change })
    expect(reply.body).toMatchObject({ errorCode })
  })
})

const airportRow = (origin: string, time: string, flights3h: bigint, delay: number | null) => ({
  origin,
  tile_end: micros(time),
  flights_3h: flights3h,
  delay_3h: delay,
})

const view = (name: string, leftFeatures: string[]) => ({
  name,
  version: 1,
  query: {
    leftFeatureGroup: groups['flights'],
    leftFeatures: leftFeatures.map((feature) => ({ name: feature })),
    joins: [
      {
        query: {
          leftFeatureGroup: groups['airport'],
          leftFeatures: ['tile_end', 'flights_3h', 'delay_3h'].map((feature) => ({ name: feature })),
        },
        on: [{ name: 'origin' }],
        type: 'LEFT',
        prefix: 'airport_',
      },
    ],
  },
  features: [{ name: 'late', label: true, featuregroup: groups['flights'] }],
})

describe('ingestion', () => {
  const ingestion = async (rows: number) =>
    (
      await hopsworks.rest('POST', `${F}/featuregroups/${groups['airport']?.id}/online_ingestion`, {
        id: null,
        numEntries: rows,
      })
    ).body.id

  const applied = (id: number, rows: number) =>
    until(
      () => hopsworks.rest('GET', `${F}/featuregroups/${groups['airport']?.id}/online_ingestion?filter_by=ID:${id}`),
      ({ body }) =>
        body.items[0].results.reduce((sum: number, result: { rows: number }) => sum + result.rows, 0) >= rows,
    )

  const counts = (results: { status: string; rows: number }[]) =>
    Object.fromEntries(results.map(({ status, rows }) => [status, rows]))

  it('counts what is upserted, ignored and failed, per online ingestion', async () => {
    const encode = await rowEncoder(hopsworks, groups['airport']!)
    const producer = await openProducer(hopsworks, { idempotent: true })
    const id = await ingestion(8)
    const counted = { onlineIngestionId: String(id) }
    const newer = { ...counted, upsertIfNewer: '1' }
    const late = encode(airportRow('ORD', '2001-01-02T00:00:00Z', 9n, 9), newer)
    await producer.send({
      topic: 'demo_onlinefs',
      acks: -1,
      compression: kafkajs.CompressionTypes.GZIP,
      messages: [
        encode(airportRow('ORD', '2001-01-01T00:00:00Z', 1n, 1), { ...counted, storage: 'offline' }),
        encode(airportRow('ORD', '2001-01-03T00:00:00Z', 3n, 3.5), newer),
        { ...late, key: 'ORD' },
        encode(airportRow('DFW', '2001-01-01T06:00:00Z', 2n ** 60n, null), newer),
        encode(airportRow('ATL', '2001-01-01T06:00:00Z', 0n, 0), { ...counted, storage: 'online' }),
        encode(airportRow('LONG', '2001-01-01T06:00:00Z', 0n, 0), counted),
        { ...encode(airportRow('LAX', '2001-01-01T06:00:00Z', 0n, 0), counted), value: Buffer.from('no row') },
        encode(airportRow('ATL', '2001-01-01T07:00:00Z', 0n, 0), { ...counted, operation: 'delete' }),
      ].map((message) => ({ ...message, partition: 1 })),
    })
    const { body } = await applied(id, 8)
    expect(counts(body.items[0].results)).toEqual({ UPSERTED: 3, IGNORED: 2, FAILED: 2, DELETED: 1 })
    const latest = await hopsworks.rest(
      'GET',
      `${F}/featuregroups/${groups['airport']?.id}/online_ingestion?filter_by=LATEST`,
    )
    expect(latest.body.items[0].id).toBe(id)
    await producer.disconnect()
  })

  it('materialises the history, once for each primary key and event time', async () => {
    const encode = await rowEncoder(hopsworks, groups['flights']!)
    const producer = await openProducer(hopsworks)
    const flight = (origin: string, time: string, distance: number, late: boolean) =>
      encode({ origin, left_at: micros(time), distance, late })
    const messages = [
      flight('ORD', '2001-01-01T12:00:00Z', 1, true), // superseded by the last
      flight('ORD', '2000-12-31T12:00:00Z', 2, false),
      flight('ORD', '2001-01-02T00:00:00Z', 3, true),
      flight('DFW', '2001-01-01T06:00:00Z', 4, false),
      flight('SFO', '2001-01-02T06:00:00.123Z', 5, true),
      flight('ORD', '2001-01-03T00:00:00Z', 6, false),
      flight('ORD', '2001-01-01T12:00:00Z', 7, false),
    ]
    await producer.send({
      topic: 'demo',
      acks: -1,
      messages: messages.map((message) => ({ ...message, partition: 0 })),
    })
    await producer.disconnect()
    await materialise('flights_1_offline_fg_materialization')
    const execution = await materialise('airport_1_offline_fg_materialization')
    const log = await hopsworks.rest('GET', `project/119/dataset/download/with_auth/${execution.stdoutPath}`)
    expect(log.body).toContain('the table has 5 rows') // ORD three times, DFW, LONG; not the online row, nor the deletion
    const spellings = [execution.stdoutPath, encodeURIComponent(execution.stdoutPath), execution.stdoutPath.slice(1)]
    for (const path of spellings)
      expect((await hopsworks.rest('GET', `project/119/dataset/${path}`)).body.attributes.path).toBe(
        execution.stdoutPath,
      )
  })

  it('lets nobody produce without a certificate, nor with the reader’s', async () => {
    const reader = await openProducer(hopsworks, { key: hopsworks.ready.readerKey })
    const sent = reader.send({ topic: 'demo', messages: [{ value: 'x' }] })
    await expect(sent).rejects.toMatchObject({ message: expect.stringContaining('authorized') })
    await reader.disconnect()
    const stranger = new kafkajs.Kafka({
      brokers: [`127.0.0.1:${hopsworks.ready.kafka.port}`],
      ssl: { ca: hopsworks.ca },
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 0 },
    })
    await expect(stranger.admin().connect()).rejects.toThrow()
  })
})

describe('feature vectors', () => {
  const request = { featureStoreName: 'demo', featureViewName: 'serving', featureViewVersion: 1 }
  const options = { includeDetailedStatus: true }
  const metadataOptions = { featureName: true, featureType: true }

  it('are offered by views, with serving keys', async () => {
    const path = `${F}/featureview/serving/version/1`
    expect(await hopsworks.rest('GET', path)).toMatchObject({ status: 404, body: { errorCode: 270181 } })
    const created = await hopsworks.rest('POST', `${F}/featureview`, view('serving', ['late']))
    expect(created.status).toBe(201)
    const { body } = await hopsworks.rest('GET', `${path}?expand=query&expand=features`)
    expect(body.labels).toEqual(['late'])
    const keys = body.servingKeys.map(({ featureName, joinIndex, required, joinOn }: Record<string, unknown>) => [
      featureName,
      joinIndex,
      required,
      joinOn,
    ])
    expect(keys).toEqual([
      ['origin', 0, true, null],
      ['left_at', 0, false, null],
      ['origin', 1, false, 'origin'],
    ])
    const links = await hopsworks.rest('GET', `${path}/provenance/links?upstreamLvls=1`)
    expect(
      links.body.upstream.map((link: { node: { artifact: { name: string } } }) => link.node.artifact.name),
    ).toEqual(['flights', 'airport'])
  })

  it('are the newest rows, and skip the spine that offers only the label', async () => {
    const one = await hopsworks.vectors('feature_store', {
      ...request,
      options,
      metadataOptions,
      entries: { origin: 'ORD' },
      passedFeatures: null,
    })
    expect(one.body).toEqual({
      features: ['2001-01-03 00:00:00', 3, 3.5],
      metadata: [
        { featureName: 'airport_tile_end', featureType: 'timestamp' },
        { featureName: 'airport_flights_3h', featureType: 'bigint' },
        { featureName: 'airport_delay_3h', featureType: 'double' },
      ],
      status: 'COMPLETE',
      detailedStatus: [{ featureGroupId: groups['airport']?.id, httpStatus: 200 }],
    })
    const batch = await hopsworks.vectors('batch_feature_store', {
      ...request,
      options,
      entries: [{ origin: 'DFW' }, { origin: 'XXX' }],
      passedFeatures: [],
    })
    expect(batch.body).toMatchObject({
      features: [
        ['2001-01-01 06:00:00', 2 ** 60, null],
        [null, null, null],
      ],
      metadata: null,
      status: ['COMPLETE', 'MISSING'],
      detailedStatus: [[{ httpStatus: 200 }], [{ httpStatus: 404 }]],
    })
  })

  it('take passed features, and refuse what is wrong by its code', async () => {
    const passedFeatures = { airport_flights_3h: 7 }
    const passed = await hopsworks.vectors('feature_store', { ...request, entries: { origin: 'ORD' }, passedFeatures })
    expect(passed.body).toMatchObject({ features: ['2001-01-03 00:00:00', 7, 3.5], detailedStatus: null })
    const codes = async (change: object) =>
      (await hopsworks.vectors('feature_store', { ...request, entries: { origin: 'ORD' }, ...change })).body.code
    expect(await codes({ featureViewName: 'nope' })).toBe(1)
    expect(await codes({ featureStoreName: 'nope' })).toBe(2)
    expect(await codes({ entries: { idd: 1 } })).toBe(12)
    expect(await codes({ entries: {} })).toBe(15)
    expect(await codes({ passedFeatures: { nope: 1 } })).toBe(11)
    expect(await codes({ passedFeatures: { airport_flights_3h: 'x' } })).toBe(10)
    expect(await codes({ entries: 3 })).toBe(18)
    expect(await hopsworks.vectors('ping', {}, null)).toEqual({ status: 400, body: 'the apikey is nil' })
    expect((await hopsworks.vectors('feature_store', request, 'ABCDEFGHIJKLMNOP.wrong')).status).toBe(401)
  })
})

describe('training data', () => {
  const path = `${F}/featureview/training/version/1`
  const at = (text: string) => Date.parse(text)

  beforeAll(async () => {
    await hopsworks.rest('POST', `${F}/featureview`, view('training', ['late', 'distance']))
    const connector = await hopsworks.rest('POST', `${F}/storageconnectors`, {
      name: 'snapshots',
      storageConnectorType: 'S3',
      type: 'featurestoreS3ConnectorDTO',
      bucket: 'bucket',
      region: 'us-east-1',
      iamRole: 'arn:aws:iam::000000000000:role/snapshots',
      arguments: [{ name: 'fs.s3a.endpoint', value: s3.endpoint }],
    })
    expect(connector.status).toBe(201)
  })

  const rowsOf = async (split: string) => {
    const prefix = `/bucket/snapshots/flight/training_1_1/${split}/`
    const keys = [...s3.objects.keys()].filter((key) => key.startsWith(prefix))
    expect(keys.map((key) => key.slice(prefix.length))).toEqual([
      expect.stringMatching(/^part-00000-[0-9a-f-]{36}-c000\.snappy\.parquet$/),
      '_SUCCESS',
    ])
    const bytes = s3.objects.get(keys[0]!)!
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
    return parquetReadObjects({ file })
  }

  it('joins what was known at the time, splits by time, and writes as Spark does with the connector’s role', async () => {
    const dataset = await hopsworks.rest('POST', `${path}/trainingdatasets`, {
      name: 'training',
      version: null,
      dataFormat: 'parquet',
      coalesce: false,
      trainingDatasetType: 'EXTERNAL_TRAINING_DATASET',
      splits: [
        { name: 'train', splitType: 'TIME_SERIES_SPLIT', startTime: at('2001-01-01'), endTime: at('2001-01-02') },
        {
          name: 'test',
          splitType: 'TIME_SERIES_SPLIT',
          startTime: at('2001-01-02'),
          endTime: at('2001-01-03T00:00:00.001Z'),
        },
      ],
      dataSource: {
        path: 'snapshots/flight',
        storageConnector: { name: 'snapshots', type: 'featurestoreS3ConnectorDTO' },
      },
      type: 'trainingDatasetDTO',
    })
    expect(dataset).toMatchObject({
      status: 201,
      body: { version: 1, location: 's3://bucket/snapshots/flight/training_1_1' },
    })
    const query = await hopsworks.rest(
      'GET',
      `${path}/query/batch?with_label=True&with_primary_keys=True&with_event_time=True&td_version=1`,
    )
    const job = await hopsworks.rest('POST', `${path}/trainingdatasets/version/1/compute`, {
      query: query.body,
      overwrite: true,
      writeOptions: [
        { name: 'primary_keys', value: true },
        { name: 'event_time', value: true },
      ],
    })
    expect(job.body.href).toBe(`${hopsworks.ready.url}/hopsworks-api/api/project/119/jobs/${job.body.name}`)
    await succeeded(job.body.name)

    const row = (
      origin: string,
      left: string,
      distance: number,
      late: boolean,
      known: [string, bigint, number | null] | null,
    ) => ({
      late,
      distance,
      airport_tile_end: known && new Date(known[0]),
      airport_flights_3h: known && known[1],
      airport_delay_3h: known && known[2],
      origin,
      left_at: new Date(left),
      airport_origin: known && origin,
    })
    // by hand: ORD changes at the 1st, 2nd and 3rd of January at midnight, DFW at the 1st at six
    expect(await rowsOf('train')).toEqual([
      row('DFW', '2001-01-01T06:00:00Z', 4, false, ['2001-01-01T06:00:00Z', 2n ** 60n, null]),
      row('ORD', '2001-01-01T12:00:00Z', 7, false, ['2001-01-01T00:00:00Z', 1n, 1]),
    ])
    expect(await rowsOf('test')).toEqual([
      row('ORD', '2001-01-02T00:00:00Z', 3, true, ['2001-01-02T00:00:00Z', 9n, 9]),
      row('SFO', '2001-01-02T06:00:00.123Z', 5, true, null),
      row('ORD', '2001-01-03T00:00:00Z', 6, false, ['2001-01-03T00:00:00Z', 3n, 3.5]),
    ])
    expect(s3.assumed).toEqual([{ role: 'arn:aws:iam::000000000000:role/snapshots', by: 'AKIAINSTANCE' }])
    expect([...s3.writers]).toEqual(['ASIALENT'])
  })

  it('is deleted with its objects', async () => {
    expect((await hopsworks.rest('DELETE', `${path}/trainingdatasets/version/1`)).status).toBe(200)
    expect(s3.objects.size).toBe(0)
    const gone = await hopsworks.rest('GET', `${path}/trainingdatasets/version/1`)
    expect(gone).toMatchObject({ status: 404, body: { errorCode: 270012 } })
  })
})

describe('a restart', () => {
  it('keeps ports, keys, metadata, rows, offsets and history', async () => {
    const before = hopsworks.ready
    expect(await hopsworks.stop()).toBe(0)
    hopsworks = await startProcess(state, { args: [], env: environment() })
    expect(hopsworks.ready).toEqual(before)
    const vector = await hopsworks.vectors('feature_store', {
      featureStoreName: 'demo',
      featureViewName: 'serving',
      featureViewVersion: 1,
      entries: { origin: 'ORD' },
    })
    expect(vector.body.features).toEqual(['2001-01-03 00:00:00', 3, 3.5])
    const execution = await materialise('flights_1_offline_fg_materialization')
    const log = await hopsworks.rest('GET', `project/119/dataset/download/with_auth/${execution.stdoutPath}`)
    expect(log.body).toBe('consumed 0 rows, left out 0; the table has 6 rows\n')
  })

  it('refuses a second process on the same state', async () => {
    await expect(startProcess(state)).rejects.toThrow('in use by another local Hopsworks')
  })

  it('deletes groups with all that they hold, and views where that is asked for', async () => {
    const path = (name: string) => `${F}/featuregroups/${groups[name]?.id}`
    expect((await hopsworks.rest('DELETE', path('flights'))).status).toBe(200)
    expect((await hopsworks.rest('GET', path('flights'))).body.errorCode).toBe(270009)
    expect((await hopsworks.rest('GET', `${F}/featureview/serving/version/1`)).body.errorCode).toBe(270009)
    const request = { featureStoreName: 'demo', featureViewName: 'serving', featureViewVersion: 1 }
    const vector = await hopsworks.vectors('feature_store', { ...request, entries: { origin: 'ORD' } })
    expect(vector).toMatchObject({ status: 404, body: { code: 3 } })
    expect((await hopsworks.rest('DELETE', `${path('airport')}?deleteFeatureViews=true`)).status).toBe(200)
    expect((await hopsworks.rest('GET', `${F}/featureview/serving/version/1`)).body.errorCode).toBe(270181)
    expect((await hopsworks.rest('GET', `${F}/featureview`)).body).toEqual({ count: 0, items: [] })
  })
})
