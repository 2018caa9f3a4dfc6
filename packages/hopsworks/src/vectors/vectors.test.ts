import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import { httpsServer } from '../../test-support/https-server.ts'
import type { HttpsServer, Received, Reply } from '../../test-support/https-server.ts'
import { certificate } from '../../test-support/loopback-certificate.ts'
import { openVectors } from './index.ts'
import type { Vectors, VectorSettings } from './index.ts'
import { parseTimestamp, valueOf } from './value.ts'

const apiKey = 'ABCDEFGHIJKLMNOP.the-secret-part'

test.each([
  ['2026-01-02 03:04:05', 1_767_323_045_000_000n],
  ['2026-01-02 03:04:05.678901', 1_767_323_045_678_901n],
  ['2026-01-02 03:04:05.5', 1_767_323_045_500_000n],
  ['1969-12-31 23:59:59.999999', -1n],
])('timestamp %s is %s microseconds', (text, micros) => {
  expect(parseTimestamp(text)).toBe(micros)
})

test.each([
  ['bigint', 9_007_199_254_740_993n, 9_007_199_254_740_993n],
  ['int', 7n, 7],
  ['double', 3n, 3],
  ['double', 0.5, 0.5],
  ['decimal(10,2)', '12.34', '12.34'],
  ['boolean', 1n, true],
  ['boolean', false, false],
  ['string', 'é', 'é'],
  ['timestamp', null, null],
  ['bigint', 'x', undefined],
  ['timestamp', 'yesterday', undefined],
])('%s of %p is %p', (type, sent, value) => {
  expect(valueOf(type, sent)).toBe(value)
})

describe('feature vectors', () => {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()))
  })

  async function setUp(
    answer: (request: Received, count: number) => Reply | Promise<Reply>,
    settings: Partial<VectorSettings> = {},
  ): Promise<{ server: HttpsServer; vectors: Vectors }> {
    let count = 0
    const server = await httpsServer((request) => answer(request, (count += 1)))
    const vectors = openVectors({
      host: '127.0.0.1',
      port: server.port,
      ca: certificate,
      apiKey,
      project: 'demo',
      ...settings,
    })
    open.push(vectors, server)
    return { server, vectors }
  }

  const metadata = [
    { featureName: 'id', featureType: 'bigint' },
    { featureName: 'airport_late_3h', featureType: 'double' },
    { featureName: 'watermark', featureType: 'timestamp' },
  ]
  const found = [{ featureGroupId: 1001, httpStatus: 200 }]
  const missing = [{ featureGroupId: 1001, httpStatus: 404 }]

  test('one vector by feature name, big integers exact', async () => {
    const { server, vectors } = await setUp(() => ({
      body: `{"features":[9007199254740993,0.25,"2001-01-21 05:00:00"],"metadata":${JSON.stringify(metadata)},"status":"COMPLETE","detailedStatus":${JSON.stringify(found)}}`,
    }))
    const vector = await vectors.read('fd_serving', 1, { id: 9_007_199_254_740_993n, origin: 'ORD' })
    expect({ ...vector.values }).toEqual({
      id: 9_007_199_254_740_993n,
      airport_late_3h: 0.25,
      watermark: 980_053_200_000_000n,
    })
    expect(vector).toMatchObject({ status: 'COMPLETE', groups: found })

    const [request] = server.received
    expect(request).toMatchObject({ method: 'POST', path: '/0.1.0/feature_store' })
    expect(request?.headers['x-api-key']).toBe(apiKey)
    expect(request?.body).toContain('"entries":{"id":9007199254740993,"origin":"ORD"}')
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      featureStoreName: 'demo',
      featureViewName: 'fd_serving',
      featureViewVersion: 1,
      metadataOptions: { featureName: true, featureType: true },
      options: { validatePassedFeatures: false, includeDetailedStatus: true },
    })
  })

  test('a batch keeps the order of the entries; an unknown key and an unreadable row are nulls with a status', async () => {
    const { server, vectors } = await setUp(() => ({
      body: {
        features: [[1, 0.5, null], [2, null, null], null],
        metadata,
        status: ['COMPLETE', 'MISSING', 'ERROR'],
        detailedStatus: [found, missing, null],
      },
    }))
    const read = await vectors.readBatch('fd_serving', 1, [{ id: 1n }, { id: 2n }, { id: 3n }])
    expect(read.map(({ values, status, groups }) => [values['airport_late_3h'], status, groups])).toEqual([
      [0.5, 'COMPLETE', found],
      [null, 'MISSING', missing],
      [null, 'ERROR', []],
    ])
    expect(server.received[0]?.path).toBe('/0.1.0/batch_feature_store')
    expect(await vectors.readBatch('fd_serving', 1, [])).toEqual([])
  })

  test('a socket that the server closed meanwhile is retried once', async () => {
    const reply = { body: { features: [1, 0.5, null], metadata, status: 'COMPLETE', detailedStatus: found } }
    const { server, vectors } = await setUp((_request, count) => (count === 2 ? { hangUp: true } : reply))
    await vectors.read('fd', 1, { id: 1n })
    expect((await vectors.read('fd', 1, { id: 1n })).status).toBe('COMPLETE')
    expect(server.received).toHaveLength(3)
  })

  test.each([
    ['hangs up twice', { hangUp: true } as const, 'HopsworksUnreachable', {}],
    ['answers too late', { late: true }, 'HopsworksUnreachable', { timeoutMs: 50 }],
    ['is not trusted', {}, 'HopsworksUnreachable', { ca: undefined }],
    ['refuses the key in plain text', { status: 401, body: 'bad key' }, 'HopsworksUnauthorised', {}],
    [
      'knows no such view',
      { status: 404, body: { code: 1, reason: 'Feature view does not exist.', message: '' } },
      'HopsworksNotFound',
      {},
    ],
    [
      'refuses the entry',
      { status: 400, body: { code: 12, reason: 'Incorrect primary key.', message: 'idd' } },
      'HopsworksRejected',
      {},
    ],
    ['breaks', { status: 500, body: { code: 14, reason: 'Reading failed.', message: '' } }, 'HopsworksUnavailable', {}],
    ['speaks no JSON', { body: '<html>' }, 'HopsworksUnexpectedReply', {}],
    [
      'sends too few values',
      { body: { features: [1], metadata, status: 'COMPLETE', detailedStatus: found } },
      'HopsworksUnexpectedReply',
      {},
    ],
  ])('a server that %s is a typed error without the key', async (_name, reply, name, settings) => {
    const answer = async () => {
      if ('late' in reply) await new Promise((resolve) => setTimeout(resolve, 150))
      return reply as Reply
    }
    const { server, vectors } = await setUp(answer, settings)
    const error: unknown = await vectors.read('fd', 1, { id: 1n }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name })
    expect(inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)).not.toContain('secret-part')
    expect(server.received.length).toBeLessThanOrEqual(2)
  })

  test('what the server says to the user is kept', async () => {
    const { vectors } = await setUp(() => ({
      status: 400,
      body: { code: 12, reason: 'Incorrect primary key.', message: 'idd' },
    }))
    await expect(vectors.read('fd', 1, { idd: 1 })).rejects.toMatchObject({
      code: 12,
      userMessage: 'Incorrect primary key. idd',
    })
  })

  test('ping resolves when the server answers', async () => {
    const { server, vectors } = await setUp(() => ({}))
    await expect(vectors.ping()).resolves.toBeUndefined()
    expect(server.received[0]).toMatchObject({ method: 'GET', path: '/0.1.0/ping' })
  })
})
