import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import { httpsServer } from '../../test-support/https-server.ts'
import type { HttpsServer, Received, Reply } from '../../test-support/https-server.ts'
import { certificate } from '../../test-support/loopback-certificate.ts'
import { convertTo } from './convert.ts'
import { withNumbersAsText } from './exact-json.ts'
import { FreshPool } from './fresh-pool.ts'
import { openVectors, timestampText } from './index.ts'
import type { Vectors, VectorSettings } from './index.ts'
import { jsonOf } from './json-value.ts'
import { parseTimestamp } from './timestamp-text.ts'

const apiKey = 'ABCDEFGHIJKLMNOP.the-secret-part'

test.each([
  ['2026-01-02 03:04:05', 1_767_323_045_000_000n],
  ['2026-01-02 03:04:05.678901', 1_767_323_045_678_901n],
  ['2026-01-02 03:04:05.500000', 1_767_323_045_500_000n],
  ['1969-12-31 23:59:59.999999', -1n],
  ['0001-01-01 00:00:05', -62_135_596_795_000_000n],
  ['1900-03-01 00:00:00', -2_203_891_200_000_000n],
  ['2000-02-29 12:00:00', 951_825_600_000_000n],
  ['9999-12-31 23:59:59.999999', 253_402_300_799_999_999n],
])('timestamp %s is %s microseconds', (text, micros) => {
  expect(parseTimestamp(text)).toBe(micros)
  expect(timestampText(micros)).toBe(text)
})

test('a fraction of a second may be short', () => {
  expect(parseTimestamp('2026-01-02 03:04:05.5')).toBe(1_767_323_045_500_000n)
})

test.each([
  ['bigint', 7, 7n],
  ['bigint', '9007199254740993', 9_007_199_254_740_993n],
  ['int', 7, 7],
  ['double', 3, 3],
  ['double', '0.1234567890123456', 0.1234567890123456],
  ['decimal(10,2)', '12.34', '12.34'],
  ['decimal(10,2)', 12.3, '12.30'],
  ['boolean', 1, true],
  ['boolean', '0', false],
  ['boolean', false, false],
  ['string', 'é', 'é'],
  ['date', '2026-01-02', '2026-01-02'],
  ['binary', 'AQL/', Buffer.from([1, 2, 255])],
  ['array<bigint>', [1, '9007199254740993', null], [1n, 9_007_199_254_740_993n, null]],
  ['array<double>', [{ double: 1.5 }, null, 2], [1.5, null, 2]],
  ['map<string,array<int>>', { a: [1], b: null }, { a: [1], b: null }],
  ['struct<x:int,y:decimal(20,2)>', { x: 1, y: '2.50' }, { x: 1, y: '2.50' }],
  [
    'array<struct<at:timestamp,tags:map<string,bigint>>>',
    [{ at: null, tags: { k: 1 } }],
    [{ at: null, tags: { k: 1n } }],
  ],
  ['bigint', 'x', undefined],
  ['bigint', 2 ** 53, undefined],
  ['decimal(38,18)', 0.5, undefined],
  ['bigint', 1.5, undefined],
  ['int', 1.5, undefined],
  ['boolean', 2, undefined],
  ['timestamp', 'yesterday', undefined],
  ['timestamp', '2026-13-02 03:04:05', undefined],
  ['timestamp', '2026-01-02 03:04', undefined],
  ['timestamp', '2026-01-02 03:04:05.', undefined],
  ['timestamp', '2026-01-02 03:04:05.x', undefined],
  ['timestamp', '2026-01-02T03:04:05.1234567Z', 1_767_323_045_123_456n],
  ['decimal(10,2)', 'much', undefined],
  ['array<int>', ['x'], undefined],
  ['array<int>', { 0: 1 }, undefined],
  ['map<string,int>', [1], undefined],
  ['struct<x:int>', { x: 'y' }, undefined],
])('%s of %j is read as it is', (type, sent, value) => {
  expect(convertTo(type)(sent)).toEqual(value)
})

test('numbers that JavaScript would round stay exact, texts stay as they are', () => {
  const big =
    '{"a":[-9223372036854775808,1.2345678901234567e-300,7],"s":"x: 12345678901234567, \\"[1234567890123456789]"}'
  expect(JSON.parse(withNumbersAsText(big))).toEqual({
    a: ['-9223372036854775808', '1.2345678901234567e-300', '7'],
    s: JSON.parse(big).s,
  })
})

test('values are written as JSON digit by digit', () => {
  const value = { big: 2n ** 63n, list: [1, null, 'é'], bytes: Uint8Array.of(1, 2), yes: true }
  expect(jsonOf(value)).toBe('{"big":9223372036854775808,"list":[1,null,"é"],"bytes":"AQI=","yes":true}')
  expect([Number.NaN, [Infinity], { a: { b: Number.NaN } }].map(jsonOf)).toEqual([undefined, undefined, undefined])
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

  test.each([0, 1, 2])(
    'a character of three bytes may end in the next chunk of a reply (%d bytes before)',
    async (before) => {
      const text = `${'a'.repeat(before)}${'€'.repeat(20_000)}`
      const textMetadata = [{ featureName: 'text', featureType: 'string' }]
      const { vectors } = await setUp(() => ({
        body: { features: [text], metadata: textMetadata, status: 'COMPLETE' },
      }))
      const { values } = await vectors.read('fd_serving', 1, { id: 1n })
      expect(values['text']).toBe(text)
    },
  )

  test('replies of every length are whole, and leave nothing in the next', async () => {
    const lengths = [300_000, 20_000, 100, 40_000, 262_144]
    const textMetadata = [{ featureName: 'text', featureType: 'string' }]
    const { vectors } = await setUp((_request, count) => ({
      body: { features: ['x'.repeat(lengths[count - 1] ?? 0)], metadata: textMetadata, status: 'COMPLETE' },
    }))
    for (const length of lengths) {
      const { values } = await vectors.read('fd_serving', 1, { id: 1n })
      expect(values['text']).toBe('x'.repeat(length))
    }
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

  test('what is passed goes with the entry, and is checked before', async () => {
    const reply = { features: [1, 0.5, null], metadata, status: 'COMPLETE', detailedStatus: found }
    const { server, vectors } = await setUp(({ path }) => ({
      body: path.includes('batch')
        ? {
            ...reply,
            features: [reply.features, reply.features],
            status: ['COMPLETE', 'COMPLETE'],
            detailedStatus: null,
          }
        : reply,
    }))
    await vectors.read('fd', 1, { id: 1n }, { passed: { airport_late_3h: 0.5, watermark: timestampText(0n) } })
    await vectors.readBatch('fd', 1, [{ id: 1n }, { id: 2n }], { passed: [{ n: 2n ** 60n }, null] })
    expect(server.received.map(({ body }) => /"passedFeatures":(.*?),"metadataOptions"/.exec(body)?.[1])).toEqual([
      '{"airport_late_3h":0.5,"watermark":"1970-01-01 00:00:00"}',
      '[{"n":1152921504606846976},null]',
    ])
    await expect(vectors.read('fd', 1, { id: 1n }, { passed: { x: Number.NaN } })).rejects.toMatchObject({
      name: 'HopsworksRejected',
      code: 'PASSED',
    })
    for (const id of [null, Number.NaN]) {
      await expect(vectors.read('fd', 1, { id })).rejects.toMatchObject({ name: 'HopsworksRejected', code: 'KEY' })
    }
    expect(server.received).toHaveLength(2)
  })

  test('a key of the wrong type is an error of its row', async () => {
    const wrong = [{ featureGroupId: 1001, httpStatus: 400 }]
    const { vectors } = await setUp(() => ({
      body: {
        features: [
          [1, 0.5, null],
          [null, null, null],
        ],
        metadata,
        status: ['COMPLETE', 'MISSING'],
        detailedStatus: [found, wrong],
      },
    }))
    const read = await vectors.readBatch('fd', 1, [{ id: 1n }, { id: 'x' }])
    expect(read.map(({ status }) => status)).toEqual(['COMPLETE', 'ERROR'])
  })

  test('each reply is read by what it says itself of its features, wherever it says it', async () => {
    const one = (features: string, others: string) => `{"features":${features},${others}}`
    const said = (name: string, type: string, status = 'COMPLETE') =>
      `"metadata":[{"featureName":"${name}","featureType":"${type}"}],"status":"${status}","detailedStatus":null`
    const replies = [
      one('[1]', said('a', 'bigint')),
      one('[2]', said('a', 'bigint')),
      one('[9007199254740993]', said('a', 'bigint')),
      one('[null]', said('a', 'bigint', 'MISSING')),
      one('[3]', said('a', 'double')),
      one('[{"metadata":[4]}]', said('b', 'map<string,array<int>>')),
      `{${said('b', 'map<string,array<int>>')},"features":[{"metadata":[5]}]}`,
      `{"features":[6],"status":"COMPLETE",${said('a', 'double')}}`,
      `{ "features" : [7], ${said('a', 'double')}}`,
      one('[8]', said('__proto__', 'bigint')),
    ]
    const { vectors } = await setUp((_request, count) => ({ body: replies[(count - 1) % replies.length] ?? '' }))
    for (let round = 0; round < 2; round += 1) {
      const read = []
      for (let reply = 0; reply < replies.length; reply += 1) read.push(await vectors.read('fd', 1, { id: 1n }))
      expect(read.map(({ values }) => Object.entries(values))).toEqual([
        [['a', 1n]],
        [['a', 2n]],
        [['a', 9_007_199_254_740_993n]],
        [['a', null]],
        [['a', 3]],
        [['b', { metadata: [4] }]],
        [['b', { metadata: [5] }]],
        [['a', 6]],
        [['a', 7]],
        [['__proto__', 8n]],
      ])
      expect(read.map(({ status }) => status).filter((status) => status === 'MISSING')).toHaveLength(1)
    }
  })

  test('decimals of more digits than a double holds are exact', async () => {
    const { vectors } = await setUp(() => ({
      body: `{"features":[12345678901234567890.123456789012345678],"metadata":[{"featureName":"share","featureType":"decimal(38,18)"}],"status":"COMPLETE","detailedStatus":[]}`,
    }))
    expect((await vectors.read('fd', 1, { id: 1n })).values['share']).toBe('12345678901234567890.123456789012345678')
  })

  test('an aborted read ends at once, with the reason', async () => {
    const { vectors } = await setUp(() => new Promise(() => undefined))
    const stop = new AbortController()
    const read = vectors.read('fd', 1, { id: 1n }, { signal: stop.signal })
    setTimeout(() => stop.abort(new Error('enough')), 20)
    await expect(read).rejects.toThrow('enough')
    await expect(vectors.ping({ signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
  })

  test('one read may have a deadline of its own', async () => {
    const { vectors } = await setUp(() => new Promise(() => undefined))
    await expect(vectors.read('fd', 1, { id: 1n }, { timeoutMs: 20 })).rejects.toMatchObject({
      name: 'HopsworksUnreachable',
      code: 'ETIMEDOUT',
      message: expect.stringContaining('no reply within 20 ms'),
    })
  })

  test('sockets are kept, but not over a silence in which they may have died', async () => {
    const settings = { origin: 'https://127.0.0.1:1', ca: null, connections: 1, connectTimeoutMs: 100 }
    let now = 0
    const fresh = new FreshPool(settings, () => now)
    const first = fresh.current()
    now += 49_000
    expect(fresh.current()).toBe(first)
    now += 51_000
    const thawed = fresh.current()
    expect(thawed).not.toBe(first)
    fresh.replace(first)
    expect(fresh.current()).toBe(thawed)
    await fresh.close()
  })

  test('ping resolves when the server answers', async () => {
    const { server, vectors } = await setUp(() => ({}))
    await expect(vectors.ping()).resolves.toBeUndefined()
    expect(server.received[0]).toMatchObject({ method: 'GET', path: '/0.1.0/ping' })
  })
})
