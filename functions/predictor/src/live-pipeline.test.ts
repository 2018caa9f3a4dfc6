import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import type { Entry } from '@hopline/hopsworks/vectors'
import { contractOf, string } from '@hopline/pipeline'
import type { AnyPipeline, Contract } from '@hopline/pipeline'
import { pipelines } from '@hopline/pipelines'
import type { Instance } from './endpoint.ts'
import type { FeatureStore } from './feature-store.ts'
import { livePipeline } from './live-pipeline.ts'
import { objectText } from './object-text.ts'
import { otherModel } from './problems.ts'
import { run } from './run.ts'

const [flightDelays] = pipelines as [AnyPipeline]
const [airport] = flightDelays.windows
const { spine, view } = flightDelays
/** Without the hour and the route, with the time of landing and a field that callers may send. */
const changed: AnyPipeline = {
  ...flightDelays,
  windows: airport ? [airport] : [],
  spine: { ...spine, columns: { ...spine.columns, carrier: string({ nullable: true, length: 2 }) } },
  view: {
    ...view,
    version: 2,
    request: [...view.request, 'carrier'],
    features: ['weekday', 'distance', 'landed_at', 'carrier'],
  },
}
const before = contractOf(flightDelays)
const after = contractOf(changed)
const names = ({ features }: Contract) => features.map(({ name }) => name)

const request = { origin: 'ORD', destination: 'LAX', left_at: '2001-01-21T10:30:00Z', distance: 1_745 }
let live: readonly Contract[] | 'unreadable'
let model: Contract
let now: number
let documents: string[]
let reads: Record<string, readonly Entry[]>
let sent: Instance[]

beforeEach(() => {
  live = [before]
  model = before
  now = 0
  documents = []
  reads = {}
  sent = []
})

const store: FeatureStore = {
  read: async ({ name, version }, entries) => {
    reads[`${name} ${version}`] = entries
    const values = name.endsWith('freshness')
      ? { watermark: BigInt(Date.parse(request.left_at)) * 1_000n }
      : Object.fromEntries(names(version === 1 ? before : after).map((feature) => [feature, version]))
    return entries.map(() => ({ values, status: 'COMPLETE', groups: [] }))
  },
}

/** A predictor that was deployed with a pipeline, in front of `model`, which takes what it was trained on. */
const predictor = (pipeline: AnyPipeline) => {
  const object = async (key: string) => {
    documents.push(key)
    if (live === 'unreadable') throw new Error('S3 answers 503')
    return JSON.stringify({ contracts: live })
  }
  const endpoint = {
    score: async (_: string, instances: readonly Instance[]) => {
      sent.push(...instances)
      if (instances.some((instance) => names(model).some((name) => !(name in instance)))) throw otherModel('refused')
      return { predictions: instances.map(() => ({ probability: 0.5 })), model: 'm/1', contract: model.hash }
    },
  }
  const services = {
    pipelines: new Map([['flight-delays', livePipeline(pipeline, 'dev', { object, now: () => now })]]),
    store,
    endpoint,
    now: () => Date.parse('2001-01-21T10:40:00Z'),
    newId: () => 'id',
  }
  return (body: unknown) => run({ path: { pipeline: 'flight-delays' }, body }, services)
}
/** Until reads behind the back are through. */
const settled = () => new Promise(setImmediate)

describe('a predictor that was deployed with a changed definition', () => {
  test('goes on answering with the model that serves', async () => {
    const ask = predictor(changed)
    expect(await ask(request)).toMatchObject({ contract: before.hash })
    expect(Object.keys(sent[0] ?? {})).toEqual(names(before))
    expect(documents).toEqual(['live/flight_delays.json'])
    await expect(ask({ ...request, carrier: 'AA' })).rejects.toMatchObject({
      details: { kind: 'invalid-request', errors: [{ field: 'carrier', problem: 'unknown field' }] },
    })
  })

  test('uses its own definition while no model has been deployed', async () => {
    live = 'unreadable'
    model = after
    expect(await predictor(changed)(request)).toMatchObject({ contract: after.hash })
    expect(Object.keys(sent[0] ?? {})).toEqual(names(after))
  })
})

describe('while models of two contracts are live', () => {
  beforeEach(() => {
    live = [after, before]
  })

  test.each([
    ['the old one', before],
    ['the new one', after],
  ])('%s gets what it was trained on, by name', async (_, answering) => {
    model = answering
    expect(await predictor(flightDelays)(request)).toMatchObject({ contract: answering.hash, missing: [], stale: [] })
    expect(Object.keys(sent[0] ?? {}).toSorted()).toEqual([...new Set([...names(before), ...names(after)])].toSorted())
    expect(sent[0]).toMatchObject({ hour: 10, landed_at: '2001-01-21T15:24:00.000Z', carrier: null })
  })

  test('the features of both views are read, each by the keys of its groups', async () => {
    await predictor(flightDelays)(request)
    expect(reads).toEqual({
      'flight_delays_serving 1': [{ origin: 'ORD', destination: 'LAX' }],
      'flight_delays_serving 2': [{ origin: 'ORD' }],
      'flight_delays_freshness 1': [{ of: 'airport' }, { of: 'route' }],
    })
  })

  test('a field of the new one alone may be sent, and may be left out', async () => {
    const ask = predictor(flightDelays)
    await ask({ ...request, carrier: 'AA' })
    await ask(request)
    expect(sent.map(({ carrier }) => carrier)).toEqual(['AA', null])
  })
})

describe('which contracts are live', () => {
  test('is read again behind a request when it was read half a minute ago', async () => {
    const ask = predictor(flightDelays)
    await ask(request)
    live = [after, before]
    now = 29_999
    await ask(request)
    expect(documents).toHaveLength(1)
    now = 30_000
    await ask(request)
    await settled()
    await ask(request)
    expect(documents).toHaveLength(2)
    expect(sent.map((instance) => 'landed_at' in instance)).toEqual([false, false, false, true])
  })

  test.each([
    ['cannot be read', 'unreadable' as const],
    ['holds a contract that was tampered with', [{ ...after, hash: before.hash }]],
    ['holds none', []],
  ])('stays what it was while the document %s', async (_, broken) => {
    const ask = predictor(flightDelays)
    live = [after, before]
    await ask(request)
    live = broken
    now = 60_000
    await ask(request)
    await settled()
    await ask(request)
    expect(documents).toHaveLength(2)
    expect(sent.map((instance) => 'landed_at' in instance)).toEqual([true, true, true])
  })

  test('is looked up when the model refuses the vector or answers under another contract: the request is answered', async () => {
    const ask = predictor(flightDelays)
    await ask(request)
    live = [after, before]
    model = after
    expect(await ask(request)).toMatchObject({ contract: after.hash })
    const subset = contractOf({ ...changed, view: { ...changed.view, features: ['distance'] } })
    live = [subset]
    model = subset
    expect(await ask(request)).toMatchObject({ contract: subset.hash })
    expect(documents).toHaveLength(3)
  })

  test('is no excuse for a model that refuses what it was trained on', async () => {
    const ask = predictor(flightDelays)
    await ask(request)
    model = after
    await expect(ask(request)).rejects.toMatchObject({ details: { kind: 'endpoint-unavailable', status: 503 } })
    expect(sent).toHaveLength(2)
  })
})

describe('an object', () => {
  let asked: IncomingMessage[]
  let answer: { status: number; body?: string }
  const server = createServer((request, response) => {
    asked.push(request)
    response.writeHead(answer.status)
    if (answer.body === undefined) response.flushHeaders()
    else response.end(answer.body)
  })
  const client = new SageMakerRuntimeClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 's', sessionToken: 'token' },
  })
  const read = async (key: string) => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return objectText(client, 'data', { endpoint, deadlineMs: 200 })(key)
  }

  beforeEach(async () => {
    asked = []
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  test("is read with one signed request, in the client's region and with its session", async () => {
    answer = { status: 200, body: 'whole' }
    expect(await read('live/a.json')).toBe('whole')
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      method: 'GET',
      url: '/data/live/a.json',
      headers: {
        authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/s3\/aws4_request, /),
        'x-amz-content-sha256': expect.any(String),
        'x-amz-security-token': 'token',
      },
    })
  })

  test('that is missing, or comes too slowly, is an error', async () => {
    answer = { status: 403, body: '<Error/>' }
    await expect(read('live/a.json')).rejects.toThrow('S3 answers 403 for live/a.json')
    answer = { status: 200 }
    await expect(read('live/a.json')).rejects.toThrow('abort')
  })
})
