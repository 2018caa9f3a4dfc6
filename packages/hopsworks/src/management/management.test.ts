import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Received, Reply } from '../../test-support/https-server.ts'
import { apiKey, impatient as retry, managementServers } from '../../test-support/management-of.ts'
import { retryWaitMs } from '../retry.ts'
import { connectHopsworks } from './index.ts'
import type { GroupDefinition, ViewDefinition } from './index.ts'
import { outcomeOf } from './jobs.ts'
import { retryAfterMs } from './reply.ts'

const store = '/hopsworks-api/api/project/119/featurestores/67'

test.each([
  ['0', 0],
  ['7', 7_000],
  ['0.5', 500],
  ['Wed, 21 Oct 2015 07:28:30 GMT', 30_000],
  ['Wed, 21 Oct 2015 07:27:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s is a wait of %s ms', (header, wait) => {
  expect(retryAfterMs(header, Date.parse('2015-10-21T07:28:00Z'))).toBe(wait)
})

describe('the wait before the next attempt', () => {
  const policy = { totalMs: 10_000, baseMs: 100, maxMs: 1_000 }
  const failed = { attempt: 1, elapsedMs: 0, idempotent: true, error: { retryable: true } }

  test.each([
    [1, 0.5, 50],
    [2, 0.5, 100],
    [4, 0.999, 799],
    [20, 0.5, 500],
    [3, 0, 0],
  ])('after attempt %i with %d of the jitter is %i ms', (attempt, random, wait) => {
    expect(retryWaitMs(policy, { ...failed, attempt }, random)).toBe(wait)
  })
  test('is what the server asks for, even above our bound', () => {
    expect(retryWaitMs(policy, { ...failed, error: { retryable: true, retryAfterMs: 7_000 } }, 0.5)).toBe(7_000)
  })
  test.each([
    ['an error that stays', { ...failed, error: { retryable: false } }],
    ['a request that may not be repeated', { ...failed, idempotent: false }],
    ['an attempt beyond the total time', { ...failed, elapsedMs: 9_990 }],
    ['a server that asks for more than is left', { ...failed, error: { retryable: true, retryAfterMs: 10_000 } }],
  ])('does not exist for %s', (_name, attempt) => {
    expect(retryWaitMs(policy, attempt, 0.5)).toBeUndefined()
  })
})

const envelope = (errorCode: number) => ({ errorCode, errorMsg: 'Said.', usrMsg: 'what the user reads' })

const busyTwice = (status: number) => (_request: Received, count: number) =>
  count <= 2 ? { status, headers: { 'retry-after': '0' } } : { body: { id: 1, version: 1, schema: '{}' } }

const storedView = (labels: string[]) => ({
  id: 5,
  name: 'flight_delays',
  version: 1,
  features: ['left_at', 'late', 'airport_flights_3h'].map((name, index) => ({
    name,
    index,
    label: labels.includes(name),
  })),
})

const idsByName = ({ path }: Received) =>
  path.includes('getProjectInfo') ? { body: { projectId: 119 } } : { body: { featurestoreId: 67 } }

const jobOfOldSpelling = ({ method, path }: Received): Reply => {
  if (path.includes('new_name')) return { status: 404, body: { errorCode: 130009 } }
  if (method === 'POST') return { status: 201, body: { id: 7, state: 'INITIALIZING', finalStatus: 'UNDEFINED' } }
  return { body: { name: 'old_name', config: { defaultArgs: '-op x' } } }
}

describe('the management API', () => {
  const { connect, close } = managementServers()
  afterEach(close)

  test('no call is made to connect when the ids are known', async () => {
    const { server, hopsworks } = await connect(() => ({ status: 500 }))
    expect(server.received).toEqual([])
    expect([hopsworks.projectId, hopsworks.featureStoreId]).toEqual([119, 67])
  })

  test('the ids are looked up by the names', async () => {
    const { server, hopsworks } = await connect(idsByName, { project: 'Demo', projectId: undefined })
    expect([hopsworks.projectId, hopsworks.featureStoreId]).toEqual([119, 67])
    expect(server.received.map(({ path }) => path)).toEqual([
      '/hopsworks-api/api/project/getProjectInfo/Demo',
      '/hopsworks-api/api/project/119/featurestores/demo_featurestore',
    ])
    expect(server.received[0]?.headers.authorization).toBe(`ApiKey ${apiKey}`)
  })

  test('a URL without TLS is refused, because the key would travel in the clear', async () => {
    await expect(connectHopsworks({ url: 'http://127.0.0.1', project: 'demo', apiKey })).rejects.toThrow(/https/)
  })

  describe('refusals', () => {
    test.each([
      [401, 200003, 'HopsworksUnauthorised', false],
      [401, 320002, 'HopsworksUnauthorised', false],
      [401, 320012, 'HopsworksUnauthorised', false],
      [401, 320013, 'HopsworksUnauthorised', false],
      [403, 150068, 'HopsworksUnauthorised', false],
      [403, 200014, 'HopsworksUnauthorised', false],
      [403, 320003, 'HopsworksUnauthorised', false],
      [403, 320004, 'HopsworksUnauthorised', false],
      [404, 100050, 'HopsworksNotFound', false],
      [404, 110008, 'HopsworksNotFound', false],
      [400, 110011, 'HopsworksNotFound', false],
      [400, 110018, 'HopsworksNotFound', false],
      [404, 130007, 'HopsworksNotFound', false],
      [404, 130009, 'HopsworksNotFound', false],
      [400, 150004, 'HopsworksNotFound', false],
      [404, 190000, 'HopsworksNotFound', false],
      [404, 270008, 'HopsworksNotFound', false],
      [400, 270009, 'HopsworksNotFound', false],
      [404, 270012, 'HopsworksNotFound', false],
      [404, 270042, 'HopsworksNotFound', false],
      [404, 270181, 'HopsworksNotFound', false],
      [404, 270228, 'HopsworksNotFound', false],
      [404, 370000, 'HopsworksNotFound', false],
      [404, 370002, 'HopsworksNotFound', false],
      [404, 40401, 'HopsworksNotFound', false],
      [422, 120001, 'HopsworksRejected', false],
      [400, 130040, 'HopsworksRejected', false],
      [400, 270040, 'HopsworksRejected', false],
      [400, 270089, 'HopsworksRejected', false],
      [400, 270102, 'HopsworksRejected', false],
      [400, 270114, 'HopsworksRejected', false],
      [400, 270176, 'HopsworksRejected', false],
      [409, 190002, 'HopsworksRejected', false],
      [400, 270091, 'HopsworksRejected', false],
      [307, 0, 'HopsworksRejected', false],
      [429, 0, 'HopsworksUnavailable', true],
      [408, 0, 'HopsworksUnavailable', true],
      [500, 120000, 'HopsworksUnavailable', true],
      [500, 270066, 'HopsworksUnavailable', true],
    ])('status %i with code %i is a %s', async (status, code, name, retryable) => {
      const answer = () => ({ status, headers: { location: 'https://127.0.0.1:1/' }, body: envelope(code) })
      const { hopsworks } = await connect(answer, { retry: { ...retry, totalMs: 0 } })
      await expect(hopsworks.credentials()).rejects.toMatchObject({
        name,
        status,
        code,
        retryable,
        userMessage: 'Said. what the user reads',
        method: 'GET',
        path: '/project/119/credentials',
      })
    })

    test('a reply of another shape is named by its fields', async () => {
      const { hopsworks } = await connect(() => ({ body: { caChain: 1 } }))
      await expect(hopsworks.credentials()).rejects.toMatchObject({
        name: 'HopsworksUnexpectedReply',
        message: expect.stringContaining('clientKey'),
      })
    })

    test.each([
      ['a refusal', { status: 401, body: envelope(320002) }, {}],
      ['a hang-up', { hangUp: true } as const, {}],
      ['a deadline', { hangUp: true } as const, { timeoutMs: 1 }],
      ['a foreign reply', { body: '<html>' }, {}],
      ['an untrusted certificate', {}, { ca: undefined }],
    ])('%s never holds the key', async (_name, reply, settings) => {
      const { hopsworks } = await connect(() => reply, { ...settings, retry: { ...retry, totalMs: 0 } })
      const error: unknown = await hopsworks.credentials().catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Error)
      const everything = inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error) + String(error)
      expect(everything).not.toContain('secret-part')
      expect((error as Error).cause).toBeUndefined()
    })
  })

  describe('retries', () => {
    test('a read is repeated until it succeeds', async () => {
      const { server, hopsworks } = await connect(busyTwice(503))
      expect(await hopsworks.subjects.latest({ name: 'txn', version: 1 })).toEqual({ id: 1, version: 1, schema: '{}' })
      expect(server.received).toHaveLength(3)
    })
    test('a POST is not', async () => {
      const { server, hopsworks } = await connect(busyTwice(503))
      await expect(hopsworks.onlineIngestions.start(1001, 2)).rejects.toMatchObject({ name: 'HopsworksUnavailable' })
      expect(server.received).toHaveLength(1)
    })
    test('a deletion is, and one whose first answer was lost finds nothing', async () => {
      const { server, hopsworks } = await connect((_request, count) =>
        count === 1 ? { hangUp: true } : { status: 404, body: { errorCode: 270009 } },
      )
      expect(await hopsworks.featureGroups.delete({ id: 7 })).toBe(false)
      expect(server.received.map(({ method }) => method)).toEqual(['DELETE', 'DELETE'])
    })
    test('they stop with the signal', async () => {
      const { hopsworks } = await connect(() => ({ status: 503, headers: { 'retry-after': '0.5' } }))
      const signal = AbortSignal.timeout(20)
      await expect(hopsworks.credentials(signal)).rejects.toThrow(/abort/i)
    })
  })

  const flights: GroupDefinition = {
    name: 'flight_delays_flights',
    version: 1,
    description: 'Flights.',
    online: false,
    features: [
      { name: 'origin', type: 'string', primary: true, onlineType: 'varchar(3)' },
      { name: 'left_at', type: 'timestamp' },
      { name: 'late', type: 'boolean', description: '15 minutes or more' },
    ],
    eventTime: 'left_at',
    timeTravelFormat: 'HUDI',
  }
  const stored = (name: string, more: object = {}) => ({
    id: 1001,
    name,
    version: 1,
    featurestoreId: 67,
    onlineEnabled: false,
    timeTravelFormat: 'HUDI',
    eventTime: 'left_at',
    onlineTopicName: 'demo',
    location: 'kept for queries',
    features: flights.features.map(({ name: column, type, primary = false }) => ({ name: column, type, primary })),
    ...more,
  })
  const absent = { status: 404, body: { errorCode: 270009, errorMsg: 'Not found.' } }

  describe('feature groups', () => {
    test('an absent group is undefined', async () => {
      const { server, hopsworks } = await connect(() => absent)
      expect(await hopsworks.featureGroups.get('a/b', 1)).toBeUndefined()
      expect(server.received[0]?.path).toBe(`${store}/featuregroups/a%2Fb`)
      expect(server.received[0]?.query.toString()).toBe('expand=features&version=1')
    })

    test('an absent group is made as a stream group', async () => {
      const answer = ({ method }: Received) => (method === 'GET' ? absent : { status: 201, body: stored(flights.name) })
      const { server, hopsworks } = await connect(answer)
      expect(await hopsworks.featureGroups.getOrCreate(flights)).toMatchObject({
        id: 1001,
        location: 'kept for queries',
      })
      expect(JSON.parse(server.received[1]?.body ?? '')).toMatchObject({
        type: 'streamFeatureGroupDTO',
        featurestoreId: 67,
        name: 'flight_delays_flights',
        onlineEnabled: false,
        timeTravelFormat: 'HUDI',
        eventTime: 'left_at',
        features: [
          { name: 'origin', type: 'string', primary: true, onlineType: 'varchar(3)' },
          { name: 'left_at', type: 'timestamp', primary: false, onlineType: null, description: null },
          { name: 'late', type: 'boolean', primary: false, onlineType: null, description: '15 minutes or more' },
        ],
      })
    })

    test('a group that someone else made meanwhile is taken', async () => {
      const answer = (_request: Received, count: number) =>
        [absent, { status: 400, body: { errorCode: 270089 } }, { body: [stored(flights.name)] }][count - 1] ?? {}
      const { hopsworks } = await connect(answer)
      expect(await hopsworks.featureGroups.getOrCreate(flights)).toMatchObject({ id: 1001 })
    })

    test('features that a stored group lacks are added behind its own, and its table follows', async () => {
      const grown = stored(flights.name, { features: [...stored(flights.name).features].toReversed() })
      const before = { ...grown, features: grown.features.slice(1), statisticsConfig: 'kept as it is' }
      const answer = ({ method, path }: Received): Reply => {
        if (method === 'GET') return { body: [before] }
        return path.endsWith('updatetableschema') ? { body: { name: 'flights_1_schema' } } : { body: grown }
      }
      const { server, hopsworks } = await connect(answer)
      expect(await hopsworks.featureGroups.getOrCreate(flights)).toMatchObject({ id: 1001, features: grown.features })
      expect(server.received.slice(1).map(({ method, path }) => `${method} ${path.replace(store, '')}`)).toEqual([
        'PUT /featuregroups/1001',
        'POST /featuregroups/1001/updatetableschema',
      ])
      expect(server.received[1]?.query.get('updateMetadata')).toBe('true')
      expect(JSON.parse(server.received[1]?.body ?? '')).toMatchObject({
        statisticsConfig: 'kept as it is',
        features: [
          { name: 'left_at' },
          { name: 'origin', primary: true },
          { name: 'late', type: 'boolean', primary: false },
        ],
      })
    })

    test.each([
      ['format', { timeTravelFormat: 'DELTA' }, 'format: stored DELTA, defined HUDI'],
      ['store', { onlineEnabled: true }, 'online: stored true, defined false'],
      ['key', { features: [{ name: 'origin', type: 'string', primary: false }] }, 'features: stored origin string'],
    ])('a stored group of another %s is refused', async (_name, difference, said) => {
      const { hopsworks } = await connect(() => ({ body: [stored(flights.name, difference)] }))
      await expect(hopsworks.featureGroups.getOrCreate(flights)).rejects.toMatchObject({
        name: 'HopsworksMismatch',
        message: expect.stringContaining(said),
      })
    })
  })

  describe('feature views', () => {
    const view: ViewDefinition = {
      name: 'flight_delays',
      version: 1,
      label: ['late'],
      left: { group: 'flight_delays_flights', features: ['left_at'] },
      joins: [{ group: 'flight_delays_airport', features: ['flights_3h'], on: ['origin'], prefix: 'airport_' }],
    }
    const airport = stored('flight_delays_airport', {
      id: 1002,
      features: [
        { name: 'origin', type: 'string', primary: true },
        { name: 'flights_3h', type: 'bigint' },
      ],
    })
    const noViewYet = ({ method, path }: Received): Reply => {
      if (path.includes('featuregroups')) return { body: [path.includes('airport') ? airport : stored(flights.name)] }
      return method === 'GET'
        ? { status: 404, body: { errorCode: 270181 } }
        : { status: 201, body: storedView(['late']) }
    }

    test('an absent view is made with its joins, prefixes and labels', async () => {
      const { server, hopsworks } = await connect(noViewYet)
      const names = ['flight_delays_flights', 'flight_delays_airport']
      const groups = await Promise.all(names.map((name) => hopsworks.featureGroups.get(name, 1)))
      await hopsworks.featureViews.getOrCreate(
        view,
        groups.filter((group) => group !== undefined),
      )

      const body = JSON.parse(server.received.at(-1)?.body ?? '')
      expect(body).toMatchObject({
        type: 'featureViewDTO',
        features: [{ name: 'late', label: true, featuregroup: { id: 1001 } }],
        query: {
          featureStoreId: 67,
          leftFeatureGroup: { id: 1001, location: 'kept for queries' },
          leftFeatures: [{ name: 'left_at' }, { name: 'late' }],
          joins: [
            {
              type: 'LEFT',
              prefix: 'airport_',
              on: [{ name: 'origin' }],
              query: { leftFeatureGroup: { id: 1002 }, leftFeatures: [{ name: 'flights_3h', featureGroupId: 1002 }] },
            },
          ],
        },
      })
    })

    test('a stored view with another label is refused', async () => {
      const { hopsworks } = await connect(() => ({ body: storedView([]) }))
      await expect(hopsworks.featureViews.getOrCreate(view, [])).rejects.toMatchObject({ name: 'HopsworksMismatch' })
    })
  })

  test('a training dataset is split by our own milliseconds and computed to the connector', async () => {
    const connector = {
      id: 9,
      name: 's3c',
      featurestoreId: 67,
      storageConnectorType: 'S3',
      bucket: 'b',
      region: 'eu',
      secretKey: 'SECRET',
    }
    const answer = ({ method, path }: Received): Reply => {
      if (path.endsWith('/variables/versions')) return { body: [{ software: 'hopsworks', version: '5.2.1' }] }
      if (path.endsWith('/storageconnectors/s3c')) return { body: connector }
      if (path.endsWith('/query/batch')) return { body: { leftFeatures: [], joins: [] } }
      if (path.endsWith('/compute')) return { body: { name: 'td_job' } }
      if (path.endsWith('/executions'))
        return { body: { items: [{ id: 7, state: 'RUNNING', finalStatus: 'UNDEFINED' }] } }
      return method === 'POST' ? { status: 201, body: { version: 3, location: 's3://b/snapshots/fd_3' } } : {}
    }
    const { server, hopsworks } = await connect(answer)
    const s3 = await hopsworks.connectors.get('s3c')
    if (!s3) throw new Error('no connector')
    const view = { name: 'fd', version: 1 }
    const splits = [
      { name: 'train', start: 1_000, end: 2_000 },
      { name: 'test', start: 2_000, end: 3_000 },
    ]
    const created = await hopsworks.trainingDatasets.create(view, {
      splits,
      connector: s3,
      path: 'snapshots',
      format: 'parquet',
    })
    const execution = await hopsworks.trainingDatasets.compute(view, created.version, { start: 1_000, end: 3_000 })

    expect(created).toMatchObject({ version: 3, location: 's3://b/snapshots/fd_3' })
    expect(execution).toMatchObject({ job: 'td_job', id: 7, outcome: 'running' })
    const [, , create, query, compute] = server.received
    expect(create?.body).not.toContain('SECRET')
    expect(JSON.parse(create?.body ?? '')).toMatchObject({
      dataFormat: 'parquet',
      trainingDatasetType: 'EXTERNAL_TRAINING_DATASET',
      splits: [
        { name: 'train', splitType: 'TIME_SERIES_SPLIT', startTime: 1_000, endTime: 2_000 },
        { name: 'test', splitType: 'TIME_SERIES_SPLIT', startTime: 2_000, endTime: 3_000 },
      ],
      dataSource: { path: 'snapshots', storageConnector: { name: 's3c', bucket: 'b' } },
    })
    expect(query?.query.get('td_version')).toBe('3')
    expect(compute?.path).toBe(`${store}/featureview/fd/version/1/trainingdatasets/version/3/compute`)
    expect(JSON.parse(compute?.body ?? '')).toMatchObject({ query: { leftFeatures: [] }, overwrite: true })
  })

  describe('jobs', () => {
    test.each([
      ['RUNNING', 'UNDEFINED', 'running'],
      ['A_STATE_OF_TOMORROW', 'UNDEFINED', 'running'],
      ['FINISHED', 'SUCCEEDED', 'succeeded'],
      ['FINISHED', 'FAILED', 'failed'],
      ['KILLED', 'UNDEFINED', 'failed'],
      ['FINISHED', null, 'succeeded'],
      ['INITIALIZATION_FAILED', null, 'failed'],
    ] as const)('state %s with final status %s is %s', (state, finalStatus, outcome) => {
      expect(outcomeOf({ state, finalStatus })).toBe(outcome)
    })

    test('an older spelling of the name is found, and started with its default arguments as text', async () => {
      const { server, hopsworks } = await connect(jobOfOldSpelling)
      const started = await hopsworks.jobs.start(['new_name', 'old_name'])
      expect(started).toMatchObject({ job: 'old_name', id: 7, outcome: 'running' })
      expect(server.received.at(-1)).toMatchObject({
        path: '/hopsworks-api/api/project/119/jobs/old_name/executions',
        body: '-op x',
      })
      expect(server.received.at(-1)?.headers['content-type']).toBe('text/plain')
    })

    test('a job that never ran is not running', async () => {
      const { hopsworks } = await connect(() => ({ body: { count: 0 } }))
      expect(await hopsworks.jobs.running('x')).toBeUndefined()
    })
  })

  test('an online ingestion is done by its rows, whatever became of them', async () => {
    const results = [
      { status: 'UPSERTED', rows: 3 },
      { status: 'IGNORED', rows: 1 },
      { status: 'FAILED', rows: 2 },
    ]
    const { hopsworks, server } = await connect(() => ({ body: { items: [{ id: 1002, numEntries: 6, results }] } }))
    expect(await hopsworks.onlineIngestions.get(1001, 1002)).toEqual({ id: 1002, rows: 6, done: 6, failed: 2 })
    expect(server.received[0]?.query.get('filter_by')).toBe('ID:1002')
    expect(await hopsworks.onlineIngestions.get(1001, 999)).toBeUndefined()
  })

  test('a connector that points elsewhere is changed, one that does not is left alone', async () => {
    const definition = {
      name: 's3c',
      description: '',
      bucket: 'b',
      path: '',
      region: 'eu',
      identity: { iamRole: 'arn' },
      arguments: { 'fs.s3a.endpoint': 'http://new' },
    }
    const connector = { id: 9, featurestoreId: 67, storageConnectorType: 'S3', iamRole: 'arn', ...definition }
    const at = (endpoint: string) => ({
      body: { ...connector, arguments: [{ name: 'fs.s3a.endpoint', value: endpoint }] },
    })
    const { hopsworks, server } = await connect((_request, count) => at(count === 1 ? 'http://old' : 'http://new'))
    expect(await hopsworks.connectors.put(definition)).toMatchObject({ change: 'updated' })
    expect(await hopsworks.connectors.put(definition)).toMatchObject({ change: 'unchanged' })
    const keyed = { ...definition, identity: { accessKey: 'AKIA', secretKey: 'hidden' } }
    expect(await hopsworks.connectors.put(keyed)).toMatchObject({ change: 'updated' })
    expect(server.received.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET', 'GET', 'PUT'])
    expect(JSON.parse(server.received[4]?.body ?? '')).toMatchObject({
      iamRole: null,
      accessKey: 'AKIA',
      secretKey: 'hidden',
    })
  })
})
