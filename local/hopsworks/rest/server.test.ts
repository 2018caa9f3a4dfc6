import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { failures } from '../rest-error.ts'
import { airport, F, flights, micros, openProducer, rowEncoder } from '../testing/demo-groups.ts'
import type { Hopsworks, Reply } from '../testing/start-process.ts'
import { freePorts, residentMiB, startProcess, until } from '../testing/start-process.ts'

let state: string
let hopsworks: Hopsworks
const ids: Record<string, number> = {}

const connector = {
  name: 'snapshots',
  storageConnectorType: 'S3',
  type: 'featurestoreS3ConnectorDTO',
  bucket: 'bucket',
  arguments: [],
}
const airportJoin = (change: object = {}) => ({
  query: { leftFeatureGroup: { id: ids['airport'] }, leftFeatures: [{ name: 'flights_3h' }] },
  on: [{ name: 'origin' }],
  type: 'LEFT',
  prefix: 'airport_',
  ...change,
})
const view = ({ name = 'other', joins = [airportJoin()] }: { name?: string; joins?: object[] } = {}) => ({
  name,
  version: 1,
  query: { leftFeatureGroup: { id: ids['flights'] }, leftFeatures: [{ name: 'late' }, { name: 'distance' }], joins },
  features: [{ name: 'late', label: true }],
})
const dataset = {
  version: null,
  dataFormat: 'parquet',
  trainingDatasetType: 'EXTERNAL_TRAINING_DATASET',
  splits: [],
  dataSource: { path: 'x', storageConnector: { name: 'snapshots' } },
}

const keys = ['--key', 'metadata=project,featurestore', '--key', 'jobs=job', '--key', 'nothing=']

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'local-hopsworks-'))
  hopsworks = await startProcess(state, { args: [...freePorts, '--version', '4.8', '--kafka', 'PLAINTEXT', ...keys] })
  for (const group of [flights, airport])
    ids[group.name] = (await hopsworks.rest('POST', `${F}/featuregroups`, group)).body.id
  await hopsworks.rest('POST', `${F}/storageconnectors`, connector)
  const made = await hopsworks.rest('POST', `${F}/featureview`, view({ name: 'delays' }))
  expect(made.status).toBe(201)
}, 30_000)
afterAll(async () => {
  await hopsworks.stop()
  rmSync(state, { recursive: true })
}, 30_000)

const group = (change: object = {}) => ({ ...airport, name: 'other', ...change })
const feature = (name: string, type: string, change: object = {}) => ({ name, type, ...change })
const key = feature('k', 'string', { primary: true })
const features = (...more: object[]) => ({ eventTime: null, features: [key, ...more] })
const materialisation = 'project/119/jobs/flights_1_offline_fg_materialization'

const requests: readonly [what: string, method: 'GET' | 'POST' | 'DELETE', path: string, code: number][] = [
  ['an unknown variable', 'GET', 'variables/nope', 100050],
  ['a path that is not there', 'GET', 'project/119/dataset/Resources/nope', 110008],
  ['a path outside the project', 'GET', 'project/119/dataset/..%2F..%2F..%2Fhopsworks.sqlite', 110008],
  ['a folder to download', 'GET', 'project/119/dataset/download/with_auth/Resources', 110008],
  ['an unknown request', 'GET', 'project/119/git/repository', 120001],
  ['an unknown execution', 'GET', `${materialisation}/executions/7`, 130007],
  ['an unknown job', 'GET', 'project/119/jobs/nope', 130009],
  ['an execution of an unknown job', 'POST', 'project/119/jobs/nope/executions', 130009],
  ['an unknown project', 'GET', 'project/getProjectInfo/nope', 150004],
  ['another project', 'GET', 'project/7/credentials', 150004],
  ['a project of others', 'GET', 'project/120/credentials', 150068],
  ['a project of others, by name', 'GET', 'project/getProjectInfo/other', 150068],
  ['another feature store', 'GET', 'project/119/featurestores/8/featuregroups', 270008],
  ['an unknown feature store', 'GET', 'project/119/featurestores/nope', 270008],
  ['an unknown group', 'GET', `${F}/featuregroups/nope?version=1`, 270009],
  ['an unknown version of a group', 'GET', `${F}/featuregroups/flights?version=9`, 270009],
  ['an unknown group to delete', 'DELETE', `${F}/featuregroups/7`, 270009],
  ['an unknown training dataset', 'GET', `${F}/featureview/delays/version/1/trainingdatasets/version/3`, 270012],
  ['an unknown connector', 'GET', `${F}/storageconnectors/nope`, 270042],
  ['an unknown view', 'GET', `${F}/featureview/nope/version/1`, 270181],
  ['an unknown view without version', 'GET', `${F}/featureview/nope`, 270181],
  ['a page that is no number', 'GET', `${materialisation}/executions?limit=few`, 310000],
  ['an unknown tag', 'GET', `${F}/featureview/delays/version/1/tags/nope`, 370002],
  ['an unknown tag to delete', 'DELETE', `${F}/featureview/delays/version/1/tags/nope`, 370002],
  ['an unknown version of a subject', 'GET', 'project/119/kafka/subjects/flights_1/versions/9', 40402],
  ['an unknown schema', 'GET', 'project/119/kafka/schemas/ids/7', 40403],
  ['what goes on to MySQL', 'GET', `${F}/featureview/delays/version/1/preparedstatement?batch=False`, 120001],
  ['what goes on to MySQL as its user', 'GET', `${F}/storageconnectors/onlinefeaturestore`, 120001],
  ['a folder of HopsFS to delete that always is', 'DELETE', 'project/119/dataset/Resources', 120001],
  ['an unknown subject', 'GET', `${F}/kafka/subjects/nope_1/versions/latest`, 40401],
]

const groups: readonly [what: string, change: object, code: number][] = [
  ['a body that is another', { features: 3 }, 120001],
  ['a feature name with capitals', features(feature('A', 'int')), 270040],
  ['a group that exists', flights, 270089],
  ['a group name with capitals', { name: 'Flights' }, 270091],
  ['a group name of 64 letters', { name: 'a'.repeat(64) }, 270091],
  ['a group without primary key', { eventTime: null, features: [feature('a', 'int')] }, 270121],
  ['a type that is not kept', features(feature('a', 'uniontype<int,string>')), 270151],
  ['a timestamp as online key', features(feature('at', 'timestamp', { primary: true })), 270151],
  ['a double as event time', { eventTime: 'delay_3h' }, 270171],
  ['an event time that is no feature', { eventTime: 'nope' }, 270172],
  ['a row of more than 30,000 bytes', features(feature('a', 'string', { onlineType: 'varchar(7500)' })), 270176],
  ['a key of more than 4,000 bytes', features({ ...key, name: 'l', onlineType: 'varchar(1001)' }), 270176],
  ['a key of any length', features({ ...key, name: 'l', onlineType: 'text' }), 270176],
  ['an online type of another kind', features(feature('a', 'bigint', { onlineType: 'varchar(5)' })), 270176],
  ['more than 500 columns', features(...Array.from({ length: 500 }, (_, at) => feature(`f${at}`, 'int'))), 270176],
  ['a feature twice', features(feature('a', 'int'), feature('a', 'int')), 270224],
]

const views: readonly [what: string, body: () => object, code: number][] = [
  [
    'a group that is not there',
    () => view({ joins: [airportJoin({ query: { leftFeatureGroup: { id: 7 }, leftFeatures: [] } })] }),
    270009,
  ],
  ['a join without common keys', () => view({ joins: [airportJoin({ on: [{ name: 'distance' }] })] }), 270096],
  ['a feature twice', () => view({ joins: [airportJoin(), airportJoin()] }), 270224],
  ['the name of another', () => view({ name: 'delays' }), 270179],
]

const datasets: readonly [what: string, change: object, code: number][] = [
  ['without a connector', { dataSource: null }, 270042],
  ['of a format that is not written', { dataFormat: 'tfrecord' }, 270057],
]

const updates: readonly [what: string, change: (features: object[]) => object, code: number][] = [
  ['a group to one feature less', (is) => ({ features: is.slice(1) }), 270114],
  ['the type of a feature', ([first, ...is]) => ({ features: [{ ...first, type: 'int' }, ...is] }), 270114],
  [
    'a group by a default that is none',
    (is) => ({ features: [...is, feature('added', 'int', { defaultValue: 'x' })] }),
    270114,
  ],
  ['a group to another key', (is) => ({ features: [...is, feature('added', 'int', { primary: true })] }), 270114],
  [
    'a group by a map with keys that are no text',
    (is) => ({ features: [...is, feature('added', 'map<int,int>')] }),
    270152,
  ],
  [
    'a group by a feature too wide',
    (is) => ({ features: [...is, feature('a', 'string', { onlineType: 'varchar(7500)' })] }),
    270176,
  ],
]

const refusal = (code: number) => ({
  errorCode: code,
  errorMsg: expect.any(String),
  usrMsg: expect.any(String),
  type: 'restApiJsonResponse',
})
const statusOf = (code: number) =>
  Object.values(failures).flatMap(([status, number]) => (number === code ? [status] : []))

const refused = ({ status, body }: Reply, code: number) => {
  expect(body).toEqual(refusal(code))
  expect(statusOf(code)).toContain(status)
}

describe('as 4.8', () => {
  it('announces itself, and keeps every feature online', async () => {
    const [{ software, version }] = (await hopsworks.rest('GET', 'variables/versions')).body
    expect([software, version]).toEqual(['hopsworks', '4.8.0'])
    const kept = await hopsworks.rest(
      'POST',
      `${F}/featuregroups`,
      group({ name: 'kept', ...features(feature('a', 'int', { offlineOnly: true })) }),
    )
    expect(kept.body.features[1].offlineOnly).toBe(false)
  })

  it('has an external Kafka that asks for no certificate, as it was told', async () => {
    const { body } = await hopsworks.rest('GET', `${F}/storageconnectors/kafka_connector/byok?external=True`)
    const { host, port } = hopsworks.ready.kafka
    const bootstrapServers = `${host}:${port}`
    expect(body).toMatchObject({ securityProtocol: 'PLAINTEXT', externalKafka: true, bootstrapServers })
  })

  it('heeds no header that says what to do with a row', async () => {
    const stored = { id: ids['airport'] ?? 0, name: 'airport' }
    const ingestions = `${F}/featuregroups/${stored.id}/online_ingestion`
    const { id } = (await hopsworks.rest('POST', ingestions, { numEntries: 3 })).body
    const encode = await rowEncoder(hopsworks, stored)
    const row = (hour: number) => ({
      origin: 'ORD',
      tile_end: micros(`2001-01-01T0${hour}:00:00Z`),
      flights_3h: 1n,
      delay_3h: null,
    })
    const counted = { onlineIngestionId: String(id) }
    const producer = await openProducer(hopsworks)
    const messages = [
      encode(row(2), { ...counted, storage: 'offline' }),
      encode(row(1), { ...counted, upsertIfNewer: '1' }),
      encode(row(0), { ...counted, operation: 'delete' }),
    ]
    await producer.send({ topic: 'demo_onlinefs', messages: messages.map((message) => ({ ...message, partition: 0 })) })
    await producer.disconnect()
    const { body } = await until(
      () => hopsworks.rest('GET', `${ingestions}?filter_by=ID:${id}`),
      (reply) => reply.body.items[0].results.length > 0,
    )
    expect(body.items[0].results).toEqual([{ onlineIngestionId: id, status: 'UPSERTED', rows: 3 }])
  })
})

describe('a key', () => {
  const asked = ['project', `${F}/featuregroups`, materialisation, 'project/119/dataset/Resources']
  it.each([
    ['metadata', [200, 200, 403, 403]],
    ['jobs', [403, 403, 200, 403]],
    ['nothing', [403, 403, 403, 403]],
  ])('of other scopes (%s) may do what they say, and no more', async (name, statuses) => {
    const replies = await Promise.all(
      asked.map((path) => hopsworks.rest('GET', path, undefined, hopsworks.ready.keys[name])),
    )
    expect(replies.map(({ status }) => status)).toEqual(statuses)
    for (const reply of replies) if (reply.status === 403) refused(reply, 320004)
  })

  it('with the scope featurestore writes too, and reads vectors', async () => {
    const key = hopsworks.ready.keys['metadata']
    expect((await hopsworks.rest('DELETE', `${F}/storageconnectors/nope`, undefined, key)).status).toBe(404)
    const vector = await hopsworks.vectors('feature_store', {}, hopsworks.ready.keys['jobs'])
    expect(vector).toEqual({ status: 401, body: 'unauthorized: no access to feature store' })
  })
})

describe('the management API refuses', () => {
  it.each(requests)('%s', async (_, method, path, code) => {
    refused(await hopsworks.rest(method, path), code)
  })

  it.each(groups)('to create %s', async (_, change, code) => {
    refused(await hopsworks.rest('POST', `${F}/featuregroups`, group(change)), code)
  })

  it.each(views)('a view with %s', async (_, body, code) => {
    refused(await hopsworks.rest('POST', `${F}/featureview`, body()), code)
  })

  it.each(datasets)('a training dataset %s', async (_, change, code) => {
    const path = `${F}/featureview/delays/version/1/trainingdatasets`
    refused(await hopsworks.rest('POST', path, { ...dataset, ...change }), code)
  })

  it.each(updates)('to change %s', async (_, change, code) => {
    const { body } = await hopsworks.rest('GET', `${F}/featuregroups/${ids['airport']}`)
    const path = `${F}/featuregroups/${ids['airport']}?updateMetadata=True`
    refused(await hopsworks.rest('PUT', path, { ...body, ...change(body.features) }), code)
  })

  it('a body that is no JSON, a connector twice, an online ingestion of an offline group', async () => {
    refused(await hopsworks.rest('POST', `${F}/featuregroups`, '{'), 120001)
    refused(await hopsworks.rest('POST', `${F}/storageconnectors`, connector), 270047)
    const path = `${F}/featuregroups/${ids['flights']}/online_ingestion`
    refused(await hopsworks.rest('POST', path, { numEntries: 1 }), 270102)
  })

  it('a tag without schema, a schema twice, a stream group to go offline, a query for Arrow Flight', async () => {
    const one = `${F}/featuregroups/${ids['flights']}`
    refused(await hopsworks.rest('PUT', `${one}/tags/nope`, '1'), 370000)
    expect((await hopsworks.rest('POST', 'tags?name=owner', { type: 'string' })).status).toBe(201)
    refused(await hopsworks.rest('POST', 'tags?name=owner', { type: 'string' }), 370001)
    refused(await hopsworks.rest('PUT', `${one}?disableOnline=true`, {}), 270184)
    refused(await hopsworks.rest('GET', `${one}/commits?filter_by=rows:1`), 310000)
    const read = await hopsworks.rest('PUT', 'project/119/featurestores/query?hqs=False', {})
    expect(read).toMatchObject({ status: 404, body: { usrMsg: expect.stringContaining('Arrow Flight') } })
  })

  it('keys by what is wrong with them', async () => {
    const codeFor = async (given: string) => (await hopsworks.rest('GET', 'project', undefined, given)).body.errorCode
    const { readerKey, apiKey } = hopsworks.ready
    expect(await codeFor('short')).toBe(320012)
    expect(await codeFor('ABCDEFGHIJKLMNOP.wrong')).toBe(320002)
    expect(await codeFor(`${apiKey}x`)).toBe(320002)
    expect(await codeFor(readerKey)).toBeUndefined()
  })

  it('with every code that it has', () => {
    const told = [requests, groups, views, datasets, updates].flatMap((cases) => cases.map((one) => one.at(-1)))
    const others = [270047, 270102, 270184, 370000, 370001, 320002, 320004, 320012, failures.unknown[1]]
    const untold = Object.values(failures).filter(([, code]) => ![...told, ...others].includes(code))
    expect(untold).toEqual([])
  })

  it.each([
    ['POST', `${F}/featuregroups`],
    ['DELETE', `${F}/featuregroups/7`],
    ['POST', `${F}/featuregroups/7/online_ingestion`],
    ['PUT', `${F}/featuregroups/7`],
    ['POST', `${F}/featuregroups/7/updatetableschema`],
    ['POST', `${F}/featuregroups/7/clear`],
    ['POST', `${F}/featuregroups/7/statistics/compute`],
    ['PUT', `${F}/featuregroups/7/tags/owner`],
    ['DELETE', `${F}/featuregroups/7/tags/owner`],
    ['POST', 'tags?name=other'],
    ['PUT', `${F}/featureview/delays/version/1`],
    ['DELETE', 'project/119/dataset/Logs/x'],
    ['PUT', 'project/119/jobs/flights_1_offline_fg_materialization/executions/7/status'],
    ['GET', 'project/119/kafka/subjects'],
    ['POST', `${F}/featureview`],
    ['DELETE', `${F}/featureview/delays`],
    ['DELETE', `${F}/featureview/delays/version/1`],
    ['POST', `${F}/featureview/delays/version/1/trainingdatasets`],
    ['POST', `${F}/featureview/delays/version/1/trainingdatasets/version/1/compute`],
    ['DELETE', `${F}/featureview/delays/version/1/trainingdatasets/version/1`],
    ['POST', `${F}/storageconnectors`],
    ['PUT', `${F}/storageconnectors/snapshots`],
    ['DELETE', `${F}/storageconnectors/snapshots`],
    ['GET', 'project/119/jobs/flights_1_offline_fg_materialization'],
    ['POST', 'project/119/jobs/flights_1_offline_fg_materialization/executions'],
  ] as const)('the reader’s key: %s %s', async (method, path) => {
    const reply = await hopsworks.rest(method, path, {}, hopsworks.ready.readerKey)
    expect(reply).toMatchObject({ status: 403, body: { errorCode: 320004 } })
  })
})

const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(-1, 2 ** 53, 1e308, '', '\0', '"; DROP TABLE documents', '__proto__', '../..', 'a'.repeat(10_000)),
)

/** The same body with something else in one place. */
const changed = (body: unknown, steps: readonly number[], value: unknown): unknown => {
  const [step, ...rest] = steps
  if (step === undefined || typeof body !== 'object' || body === null) return value
  const entries = Object.entries(body)
  if (entries.length === 0) return value
  const [name, inner] = entries[step % entries.length]!
  const next = Array.isArray(body) ? [...body] : { ...body }
  return Object.assign(next, { [name]: changed(inner, rest, value) })
}

const names = fc.oneof(
  fc.constantFrom(
    'flights',
    'delays',
    'snapshots',
    '1',
    '1001',
    '-1',
    '9'.repeat(30),
    '%00',
    '..',
    '%2E%2E%2F',
    '%',
    'ü',
    '*',
    ':x',
    '__proto__',
  ),
  fc.string({ maxLength: 12 }).map(encodeURIComponent),
)
const templates = [
  'project variables/: project/getProjectInfo/: project/:/credentials project/119/featurestores/: :/:/:',
  `${F}/featuregroups/: ${F}/featuregroups/:/online_ingestion ${F}/featuregroups/:/expectationsuite`,
  `${F}/kafka/subjects/:/versions/latest ${F}/storageconnectors/: ${F}/featureview/: ${F}/featureview/:/version/:`,
  `${F}/featureview/:/version/:/query/batch ${F}/featureview/delays/version/:/provenance/links`,
  `${F}/featureview/delays/version/1/trainingdatasets/version/:/compute project/119/jobs/:/executions/:`,
  'project/119/dataset/: project/119/dataset/download/with_auth/:/: tags?name=: project/119/kafka/schemas/ids/:',
  `${F}/featuregroups/:/tags/: ${F}/featuregroups/:/statistics ${F}/featuregroups/:/commits ${F}/featuregroups/:/clear`,
  `${F}/featureview/:/version/:/tags project/119/kafka/subjects/:/versions/: project/119/jobs/:/executions/:/status`,
].flatMap((line) => line.split(' '))

const paths = fc
  .tuple(
    fc.constantFrom(...templates),
    fc.infiniteStream(names),
    fc.option(fc.tuple(fc.constantFrom('version', 'filter_by', 'limit', 'offset', 'action', 'sort_by'), names)),
  )
  .map(([path, stream, query]) => {
    const filled = path.replaceAll(':', () => stream.next().value ?? '')
    return query ? `${filled}?${query.join('=')}` : filled
  })

describe('the management API stays up and never blames itself for', () => {
  const answers = ({ status, body }: { status: number; body: unknown }) => {
    expect(status).not.toBe(500)
    if (status >= 400) expect(body).toMatchObject({ errorCode: expect.any(Number), type: 'restApiJsonResponse' })
  }

  it('bodies that are nearly right', async () => {
    const places: readonly (readonly ['POST' | 'PUT', string, () => unknown])[] = [
      ['POST', `${F}/featuregroups`, () => group({ version: null })],
      ['POST', `${F}/featureview`, () => ({ ...view(), version: null })],
      ['POST', `${F}/storageconnectors`, () => connector],
      ['PUT', `${F}/storageconnectors/snapshots`, () => connector],
      ['POST', `${F}/featureview/delays/version/1/trainingdatasets`, () => dataset],
      ['POST', `${F}/featuregroups/${ids['airport']}/online_ingestion`, () => ({ id: null, numEntries: 2 })],
    ]
    const steps = fc.array(fc.nat(20), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), steps, anything, async ([method, path, body], at, value) => {
        answers(await hopsworks.rest(method, path, JSON.stringify(changed(body(), at, value))))
      }),
      { numRuns: 400 },
    )
  }, 30_000)

  it('paths and queries of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('GET', 'POST', 'PUT'), paths, anything, async (method, path, body) => {
        answers(await hopsworks.rest(method, path, method === 'GET' ? undefined : JSON.stringify(body)))
      }),
      { numRuns: 400 },
    )
  }, 30_000)

  it('bodies that are too large, which it does not keep', async () => {
    const before = residentMiB(hopsworks.child.pid)
    const body = 'x'.repeat(17 * 1_024 * 1_024)
    const sent = Array.from({ length: 4 }, () => hopsworks.rest('POST', `${F}/featuregroups`, body))
    for (const reply of await Promise.all(sent)) refused(reply, 120001)
    expect(residentMiB(hopsworks.child.pid) - before).toBeLessThan(200)
  }, 30_000)

  it('bytes that are no HTTP, and requests that end too early', async () => {
    const head = `POST /hopsworks-api/api/${F}/featuregroups HTTP/1.1\r\nhost: x\r\nauthorization: ApiKey ${hopsworks.ready.apiKey}\r\n`
    const sent = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('GET // HTTP/1.1\r\nhost: x\r\n\r\n', 'GET http:// HTTP/1.1\r\nhost: x\r\n\r\n')
        .map((text) => Buffer.from(text)),
      fc.nat(200).map((length) => Buffer.from(`${head}content-length: 500\r\n\r\n${'{'.repeat(length)}`)),
      fc.string({ maxLength: 20 }).map((chunk) => Buffer.from(`${head}transfer-encoding: chunked\r\n\r\n${chunk}`)),
    )
    const ports = [Number(new URL(hopsworks.ready.url).port), hopsworks.ready.vectors.port]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ports), sent, async (port, bytes) => {
        const socket = connect({ host: '127.0.0.1', port, ca: hopsworks.ca })
        const closed = new Promise((resolve) => socket.once('close', resolve))
        socket.on('error', () => undefined)
        socket.end(bytes)
        socket.resume()
        await closed
      }),
      { numRuns: 100 },
    )
    expect(hopsworks.child.exitCode).toBeNull()
    expect((await hopsworks.rest('GET', 'variables/versions')).status).toBe(200)
    expect(hopsworks.logs.filter((line) => line.includes('rest.failed') || line.includes('vectors.failed'))).toEqual([])
  }, 30_000)
})
