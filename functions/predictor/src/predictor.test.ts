import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { HopsworksUnauthorised, HopsworksUnreachable } from '@hopline/hopsworks/errors'
import type { Entry, Vector, Vectors } from '@hopline/hopsworks/vectors'
import { httpHandler } from '@hopline/lambda'
import { contractOf } from '@hopline/pipeline'
import type { AnyPipeline } from '@hopline/pipeline'
import { pipelines } from '@hopline/pipelines'
import { kebab } from '@hopline/workflow'
import type { HopsworksSecret } from '@hopline/workflow'
import * as z from 'zod'
import { sagemakerEndpoint } from './endpoint.ts'
import { featureStore } from './feature-store.ts'
import type { FeatureStore } from './feature-store.ts'
import { livePipeline } from './live-pipeline.ts'
import { run } from './run.ts'

const micros = (iso: string) => BigInt(Date.parse(iso)) * 1_000n
const [flightDelays] = pipelines as [AnyPipeline]
const ours = contractOf(flightDelays)
const request = { origin: 'ORD', destination: 'LAX', left_at: '2001-01-21T10:30:00Z', distance: 1_745 }
const stored = {
  airport_flights_3h: 40,
  airport_late_3h: 0.25,
  airport_delay_3h: 7.5,
  airport_delay_24h: 6,
  route_delay_3h: null,
  route_late_24h: 0.5,
  route_delay_24h: 12,
  route_delay_7d: 3,
}

let vectors: (entries: readonly Entry[]) => Vector[]
let watermark: bigint | null
let reads: Record<string, readonly Entry[]>
let invocations: { url: string; id: string | undefined; body: unknown }[]
let answer: RequestListener
let server: ReturnType<typeof createServer>
let endpointUrl: string
let open: SageMakerRuntimeClient[]

const vector = (values: Vector['values'], status: Vector['status'] = 'COMPLETE'): Vector => ({
  values,
  status,
  groups: [],
})

const store: FeatureStore = {
  read: async ({ name, version }, entries) => {
    reads[`${name} ${version}`] = entries
    return name === 'flight_delays_freshness' ? entries.map(() => vector({ watermark })) : vectors(entries)
  },
}

beforeEach(async () => {
  vectors = (entries) => entries.map(() => vector(stored))
  watermark = micros('2001-01-21T10:00:00Z')
  reads = {}
  invocations = []
  open = []
  answer = (request, response) => {
    void json(request).then((body) => {
      const { instances } = body as { instances: unknown[] }
      const id = request.headers['x-amzn-sagemaker-inference-id'] as string | undefined
      invocations.push({ url: request.url ?? '', id, body })
      const predictions = instances.map((_, index) => ({ probability: index === 0 ? 0.5 : 0.25 }))
      response.end(JSON.stringify({ predictions, model: 'flight-delays-dev/3', contract: ours.hash }))
    })
  }
  server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  jest.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(async () => {
  jest.restoreAllMocks()
  for (const client of open) client.destroy()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

interface Answer {
  status: number
  headers: Record<string, unknown>
  body: Record<string, unknown>
}

/** A request as the HTTP API hands it on, through the whole function. */
const post = async (
  body: unknown,
  over: {
    pipeline?: string
    store?: FeatureStore
    pipelines?: AnyPipeline[]
    deadlineMs?: number
    contentType?: string
  } = {},
): Promise<Answer> => {
  const client = new SageMakerRuntimeClient({
    endpoint: endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  })
  open.push(client)
  const handler = httpHandler({
    name: 'predictor',
    config: z.object({}),
    maxBodyBytes: 1_000_000,
    services: () => ({
      pipelines: new Map(
        (over.pipelines ?? pipelines).map((each) => [kebab(each.name), livePipeline(each, 'dev', nothingLive)]),
      ),
      store: over.store ?? store,
      endpoint: sagemakerEndpoint(client, over.deadlineMs),
      now: () => Date.parse('2026-11-23T10:00:00Z'),
      newId: () => '4f3c',
    }),
    run,
  })
  const event = {
    headers: { 'content-type': over.contentType ?? 'application/json' },
    routeKey: 'POST /v1/{pipeline}/predict',
    pathParameters: { pipeline: over.pipeline ?? 'flight-delays' },
    isBase64Encoded: false,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
  const { statusCode = 0, headers = {}, body: text = '' } = await handler(event as never, {} as never)
  return { status: statusCode, headers, body: JSON.parse(text) as Record<string, unknown> }
}

const nothingLive = { object: () => Promise.reject(new Error('no such key')), now: Date.now }

const errorsOf = ({ body }: Answer) => body['errors']

describe('a prediction', () => {
  test('goes from the request over the feature store to the model and back', async () => {
    const { status, body } = await post(request)
    expect(status).toBe(200)
    expect(body).toEqual({
      prediction: true,
      probability: 0.5,
      model: 'flight-delays-dev/3',
      contract: ours.hash,
      features: {
        hour: { value: 10 },
        weekday: { value: 7 },
        distance: { value: 1_745 },
        ...Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, { value, age: 1_800 }])),
      },
      missing: [],
      stale: [],
      predictionId: '4f3c',
    })
    expect(reads).toEqual({
      'flight_delays_serving 1': [{ origin: 'ORD', destination: 'LAX' }],
      'flight_delays_freshness 1': [{ of: 'airport' }, { of: 'route' }],
    })
    expect(invocations).toEqual([
      {
        url: '/endpoints/flight-delays-dev/invocations',
        id: '4f3c',
        body: { instances: [{ hour: 10, weekday: 7, distance: 1_745, ...stored }] },
      },
    ])
  })

  test('names the features of the contract, in its order', async () => {
    await post(request)
    const [invocation] = invocations
    const instances = (invocation?.body as { instances?: Record<string, unknown>[] } | undefined)?.instances ?? []
    expect(Object.keys(instances[0] ?? {})).toEqual(ours.features.map(({ name }) => name))
  })

  test('may be a batch, answered in its order', async () => {
    const { status, body } = await post({ instances: [request, { ...request, origin: 'DFW' }] })
    expect(status).toBe(200)
    expect(body['predictions']).toMatchObject([
      { prediction: true, predictionId: '4f3c.0' },
      { prediction: false, probability: 0.25, predictionId: '4f3c.1' },
    ])
    expect(reads['flight_delays_serving 1']).toEqual([
      { origin: 'ORD', destination: 'LAX' },
      { origin: 'DFW', destination: 'LAX' },
    ])
    expect(invocations).toHaveLength(1)
  })

  test('of an unknown airport has nulls, and names what is missing', async () => {
    const absent = Object.fromEntries(
      Object.entries(stored).map(([name, value]) => [name, name.startsWith('airport') ? null : value]),
    )
    vectors = () => [vector(absent, 'MISSING')]
    const { status, body } = await post({ ...request, origin: 'XXX' })
    expect(status).toBe(200)
    expect(body['missing']).toEqual(['airport_flights_3h', 'airport_late_3h', 'airport_delay_3h', 'airport_delay_24h'])
    expect(body['features']).toMatchObject({ airport_flights_3h: { value: null }, route_delay_24h: { value: 12 } })
  })

  test('takes a null of a row that is there as a value', async () => {
    const { body } = await post(request)
    expect(body).toMatchObject({ missing: [], features: { route_delay_3h: { value: null, age: 1_800 } } })
  })

  test('has nulls for features older than their group allows, by the watermark and not by the row', async () => {
    watermark = micros('2001-01-21T08:00:00Z')
    const { status, body } = await post(request)
    expect(status).toBe(200)
    expect(body['stale']).toEqual(['airport_flights_3h', 'airport_late_3h', 'airport_delay_3h', 'airport_delay_24h'])
    expect(body['features']).toMatchObject({
      airport_flights_3h: { value: null, age: 9_000 },
      route_delay_24h: { value: 12, age: 9_000 },
    })
  })

  test('is refused over stale features where the view says so', async () => {
    watermark = micros('2001-01-21T08:00:00Z')
    const refusing = pipelines.map((pipeline) => ({
      ...pipeline,
      view: { ...pipeline.view, stale: 'refuse' as const },
    }))
    const refused = await post(request, { pipelines: refusing })
    expect(refused).toMatchObject({ status: 503, body: { type: 'urn:hopline:problem:stale-features' } })
    expect(refused.body['detail']).toContain('airport_flights_3h')
    expect(invocations).toEqual([])
  })

  test('has an age of 0 when the data are ahead of the request, and none when nothing has been written', async () => {
    watermark = micros('2001-01-22T00:00:00Z')
    expect((await post(request)).body).toMatchObject({
      stale: [],
      features: { airport_flights_3h: { value: 40, age: 0 } },
    })
    watermark = null
    const { body } = await post(request)
    expect(body).toMatchObject({ features: { airport_flights_3h: { value: null, age: null } } })
    expect(body['stale']).toHaveLength(8)
  })
})

describe('a request that is not fit', () => {
  test.each([
    ['an unknown field', { ...request, carrier: 'AA' }, [{ field: 'carrier', problem: 'unknown field' }]],
    ['a missing field', { ...request, distance: undefined }, [{ field: 'distance', problem: expect.any(String) }]],
    ['a wrong type', { ...request, distance: 'far' }, [{ field: 'distance', problem: expect.any(String) }]],
    ['a value out of bounds', { ...request, distance: 7_000 }, [{ field: 'distance', problem: expect.any(String) }]],
    ['text that is too long', { ...request, origin: 'CHICAGO' }, [{ field: 'origin', problem: expect.any(String) }]],
    ['a time that is none', { ...request, left_at: 'soon' }, [{ field: 'left_at', problem: expect.any(String) }]],
    ['null', null, [{ field: '', problem: expect.any(String) }]],
    ['a list', [request], [{ field: '', problem: expect.any(String) }]],
    ['an empty batch', { instances: [] }, [{ field: 'instances', problem: 'a list of 1 to 100 requests' }]],
    [
      'too large a batch',
      { instances: Array.from({ length: 101 }, () => request) },
      [{ field: 'instances', problem: 'a list of 1 to 100 requests' }],
    ],
    [
      'a batch with something beside it',
      { instances: [request], parameters: {} },
      [{ field: 'parameters', problem: 'unknown field' }],
    ],
    [
      'a batch with a bad instance',
      { instances: [request, { ...request, delay: 3 }] },
      [{ field: 'instances[1].delay', problem: 'unknown field' }],
    ],
  ])('with %s is a 400 that names the field', async (_, body, errors) => {
    const refused = await post(body)
    expect(refused).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'urn:hopline:problem:invalid-request', status: 400, title: expect.any(String) },
    })
    expect(errorsOf(refused)).toEqual(errors)
    expect(reads).toEqual({})
  })

  test('names all fields at once', async () => {
    const refused = await post({ ...request, distance: 'far', origin: 5 })
    expect(errorsOf(refused)).toEqual([
      { field: 'origin', problem: expect.any(String) },
      { field: 'distance', problem: expect.any(String) },
    ])
  })

  test.each([
    ['text that is not JSON', 'ORD to LAX', {}, 400, 'not-json'],
    ['another content type', request, { contentType: 'text/csv' }, 415, 'unsupported-content-type'],
    ['more than a megabyte', { ...request, origin: 'x'.repeat(1_000_001) }, {}, 413, 'too-large'],
    ['a pipeline that is not there', request, { pipeline: 'train-delays' }, 404, 'unknown-pipeline'],
    ['a pipeline named like a part of an object', request, { pipeline: '__proto__' }, 404, 'unknown-pipeline'],
  ])('with %s is a problem, too', async (_, body, over, status, kind) => {
    expect(await post(body, over)).toMatchObject({ status, body: { type: `urn:hopline:problem:${kind}`, status } })
  })
})

describe('what stands behind', () => {
  const unavailable = (kind: string) => ({
    status: 503,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '2' },
    body: { type: `urn:hopline:problem:${kind}`, status: 503 },
  })

  test.each([
    ['cannot be reached', new HopsworksUnreachable('connection refused')],
    ['refuses the key', new HopsworksUnauthorised('401')],
  ])('a feature store that %s is a 503', async (_, error) => {
    const broken: FeatureStore = { read: () => Promise.reject(error) }
    expect(await post(request, { store: broken })).toMatchObject(unavailable('feature-store-unavailable'))
  })

  test('a vector that the store could not read is a 503', async () => {
    vectors = () => [vector({}, 'ERROR')]
    expect(await post(request)).toMatchObject(unavailable('feature-store-unavailable'))
  })

  const answering =
    (status: number, type: string, body: object): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'x-amzn-errortype': type, 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }

  test.each([
    [
      'is not there',
      answering(400, 'ValidationError', { Message: 'Endpoint flight-delays-dev not found.' }),
      'No model is deployed yet.',
    ],
    [
      'has a model that fails',
      answering(424, 'ModelError', { OriginalStatusCode: 500, OriginalMessage: 'secret' }),
      'The model does not take this request.',
    ],
    ['is overloaded', answering(503, 'ServiceUnavailable', {}), 'It answers ServiceUnavailable.'],
    [
      'answers something else',
      answering(200, '', { predictions: [] }),
      'Its answer is not one probability for each instance.',
    ],
    [
      'answers NaN',
      answering(200, '', { predictions: [{ probability: null }], model: null, contract: 'c' }),
      'Its answer is not one probability for each instance.',
    ],
    ['hangs up', (request: Parameters<RequestListener>[0]) => void request.socket.destroy(), 'It cannot be reached.'],
  ])('an endpoint that %s is a 503', async (_, listener, detail) => {
    answer = listener
    expect(await post(request)).toMatchObject({ ...unavailable('endpoint-unavailable'), body: { detail } })
  })

  test('an endpoint that hangs is a 503 within its deadline', async () => {
    answer = () => undefined
    const start = performance.now()
    expect(await post(request, { deadlineMs: 100 })).toMatchObject({
      status: 503,
      body: { detail: 'No answer within 100 ms.' },
    })
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

describe('the feature store', () => {
  const secretOf = (apiKey: string): HopsworksSecret => ({
    url: 'https://h:1',
    project: 'demo',
    projectId: 1,
    featureStoreId: 2,
    ca: null,
    apiKey,
    vectors: { host: 'h', port: 4406 },
  })

  test('is opened once for a key; a refused key is read anew once', async () => {
    let current = 'old'
    const opened: string[] = []
    const secret = { get: async () => secretOf(current), refetch: async () => secretOf((current = 'new')) }
    const openStore = ({ apiKey }: { apiKey: string }): Vectors => {
      opened.push(apiKey)
      const read = async () => {
        if (apiKey === 'old' && opened.length === 1 && rotated) throw new HopsworksUnauthorised('401')
        return vector({ key: apiKey })
      }
      return {
        read,
        readBatch: async (_, __, entries) => Promise.all(entries.map(read)),
        ping: async () => undefined,
        close: async () => undefined,
      }
    }
    let rotated = false
    const store = featureStore(secret, openStore)
    const signal = new AbortController().signal
    expect(await store.read({ name: 'v', version: 1 }, [{ id: 1 }], signal)).toEqual([vector({ key: 'old' })])
    expect(await store.read({ name: 'v', version: 1 }, [{ id: 1 }, { id: 2 }], signal)).toHaveLength(2)
    expect(opened).toEqual(['old'])
    rotated = true
    expect(await store.read({ name: 'v', version: 1 }, [{ id: 1 }], signal)).toEqual([vector({ key: 'new' })])
    expect(opened).toEqual(['old', 'new'])
  })

  test('is opened anew where the secret names another server, with the same key', async () => {
    let host = 'old'
    const opened: string[] = []
    const get = async () => ({ ...secretOf('key'), vectors: { host, port: 4406 } })
    const openStore = (settings: { host: string }): Vectors => {
      opened.push(settings.host)
      return {
        read: async () => vector({}),
        readBatch: async () => [],
        ping: async () => undefined,
        close: async () => undefined,
      }
    }
    const store = featureStore({ get, refetch: get }, openStore)
    const read = () => store.read({ name: 'v', version: 1 }, [{ id: 1 }], new AbortController().signal)
    await read()
    host = 'new'
    await read()
    await read()
    expect(opened).toEqual(['old', 'new'])
  })

  test('answers 503 within the deadline when the secret does not come', async () => {
    const never = () => new Promise<never>(() => {})
    const start = performance.now()
    expect(await post(request, { store: featureStore({ get: never, refetch: never }) })).toMatchObject({
      status: 503,
      body: { type: 'urn:hopline:problem:feature-store-unavailable', detail: 'No answer within 2000 ms.' },
    })
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
