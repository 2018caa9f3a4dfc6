import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { S3Client } from '@aws-sdk/client-s3'
import { HopsworksUnauthorised, HopsworksUnreachable } from '@hopline/hopsworks/errors'
import { contractOf } from '@hopline/pipeline'
import type { AnyPipeline } from '@hopline/pipeline'
import { pipelineNamed, pipelines } from '@hopline/pipelines'
import { doctorReport } from '@hopline/workflow'
import type { Chunk, IngestInput, IngestPlan } from '@hopline/workflow'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { Memory } from '../testing/ingestion.ts'
import { ingested, ingestionOf, jsonLines, memoryServices } from '../testing/ingestion.ts'
import { doctor } from './doctor.ts'
import { decodeLog } from './log/parquet.ts'
import type { Objects } from './objects.ts'
import { s3Objects } from './objects.ts'
import { run } from './run.ts'
import type { Services } from './run.ts'

let memory: Memory
let services: Services

const bytesOf = (body: Uint8Array | string) => new Uint8Array(typeof body === 'string' ? Buffer.from(body) : body)

beforeEach(() => {
  memory = { data: new Map(), written: new Map(), raw: bytesOf('') }
  services = memoryServices(pipelines, memory)
})

const event = (key: string, version = 1): IngestInput => ingestionOf(pipelineNamed('flight_delays'), key, version)
const ingest = (key: string, version = 1) => ingested(event(key, version), services)

interface Flight {
  date: Date
  delay: number | null
  distance: number
  origin: string
  destination: string
}
const flight = (over: Partial<Flight> = {}): Flight => ({
  date: new Date('2001-01-02T10:30:00Z'),
  delay: 20,
  distance: 700,
  origin: 'ORD',
  destination: 'LAX',
  ...over,
})

const parquet = (flights: readonly Flight[], rowGroupSize = 1_000) =>
  new Uint8Array(
    parquetWriteBuffer({
      rowGroupSize,
      columnData: [
        { name: 'date', data: flights.map(({ date }) => date), type: 'TIMESTAMP' },
        { name: 'delay', data: flights.map(({ delay }) => delay), type: 'INT32' },
        { name: 'distance', data: flights.map(({ distance }) => distance), type: 'INT32' },
        { name: 'origin', data: flights.map(({ origin }) => origin), type: 'STRING' },
        { name: 'destination', data: flights.map(({ destination }) => destination), type: 'STRING' },
      ],
    }),
  )

const header = 'date,delay,distance,origin,destination'
const line = '2001-01-02T10:30:00,20,700,ORD,LAX'
const csv = (...lines: string[]) => bytesOf(`${[header, ...lines].join('\n')}\n`)

describe('an object that is fit', () => {
  test('ends in the log, the groups and the counts, row by row', async () => {
    const flights = [
      flight(),
      flight({ date: new Date('2001-01-03T23:59:00Z'), delay: -3 }),
      flight({ delay: 1_300 }),
      flight({ origin: 'CHICAGO' }),
      flight({ delay: 40 }),
    ]
    memory.raw = parquet(flights, 2)
    const { chunks, published } = await ingest('flights/week-1.parquet')
    expect(chunks).toEqual([{ index: 0, rowStart: 0, rowEnd: 5 }])
    expect(published.counts).toEqual({ read: 5, written: 2, superseded: 1, quarantined: 2 })
    expect(published).toMatchObject({
      rounds: 1,
      watermark: '2001-01-04T02:24:00.000Z',
      rows: { flight_delays_flights: 2 },
    })

    const log = [...memory.data.keys()].filter((key) => key.endsWith('.parquet'))
    expect(log.map((key) => key.split('/').slice(0, 4).join('/'))).toEqual([
      'log/flight_delays/flights/date=2001-01-02',
      'log/flight_delays/flights/date=2001-01-03',
    ])
    const [first] = await decodeLog(memory.data.get(log[1] ?? '') ?? bytesOf(''))
    expect(first).toMatchObject({
      row: 1,
      values: {
        origin: 'ORD',
        left_at: 978_566_340_000_000n,
        delay: -3,
        late: false,
        hour: 23,
        weekday: 3,
        landed_at: 978_575_040_000_000n,
      },
    })

    const refused = jsonLines(memory.data.get('quarantine/flight_delays/flights/flight-delays-1/0.jsonl'))
    expect(refused).toEqual([
      {
        row: 2,
        reason: 'out-of-bounds',
        column: 'delay',
        detail: '1300 is above 1000',
        original: expect.objectContaining({ delay: 1300 }),
      },
      {
        row: 3,
        reason: 'too-long',
        column: 'origin',
        detail: expect.any(String),
        original: expect.objectContaining({ origin: 'CHICAGO' }),
      },
    ])

    expect(memory.written.get('flight_delays_flights')).toContainEqual(
      expect.objectContaining({ delay: 40, late: true }),
    )
    const airport = memory.written.get('flight_delays_airport') ?? []
    expect(airport[0]).toEqual({
      origin: 'ORD',
      tile_end: BigInt(Date.UTC(2001, 0, 2, 13)) * 1_000n,
      flights_3h: 1,
      late_3h: 1,
      delay_3h: 40,
      delay_24h: 40,
    })
    expect(airport[1]).toMatchObject({ flights_3h: 0, late_3h: null, delay_24h: 40 })
    expect(memory.written.get('flight_delays_watermarks')).toEqual([
      { of: 'airport', watermark: 978_575_040_000_000n },
      { of: 'route', watermark: 978_575_040_000_000n },
    ])
    expect(published.ingestions).toHaveLength(4)
  })

  test('may be repeated step by step, and ends in the same objects', async () => {
    memory.raw = parquet([flight(), flight({ delay: 9_999 })])
    const first = await ingest('flights/week-1.parquet')
    const before = new Map(memory.data)
    expect(await ingest('flights/week-1.parquet')).toMatchObject({ published: { counts: first.published.counts } })
    expect(memory.data).toEqual(before)
  })

  test('also ends in the window groups that the pipeline has dropped and a live model still reads', async () => {
    memory.raw = parquet([flight(), flight({ date: new Date('2001-01-02T18:30:00Z') })])
    await ingest('flights/a.parquet')
    const [flightDelays] = pipelines as [AnyPipeline]
    const routes = memory.written.get('flight_delays_route')
    expect(routes).not.toHaveLength(0)
    memory.written.clear()
    memory.data.clear()
    services = { ...services, pipelines: [{ ...flightDelays, windows: flightDelays.windows.slice(0, 1) }] }
    await ingest('flights/a.parquet')
    expect([...memory.written.keys()]).not.toContain('flight_delays_route')
    memory.data.clear()
    memory.data.set('live/flight_delays.json', bytesOf(JSON.stringify({ contracts: [contractOf(flightDelays)] })))
    await ingest('flights/a.parquet')
    expect(memory.written.get('flight_delays_route')).toEqual(routes)
    expect(memory.written.get('flight_delays_watermarks')?.map(({ of }) => of)).toContain('route')
  })

  test('is not written while a window group means something else to a live model', async () => {
    memory.raw = parquet([flight()])
    const [flightDelays] = pipelines as [AnyPipeline]
    const [airport, route] = flightDelays.windows
    if (airport === undefined || route === undefined) throw new Error('two groups are needed')
    const changed = { ...route, features: { ...route.features, delay_3h: { ...route.features['delay_24h'] } } }
    const live = contractOf({ ...flightDelays, windows: [airport, changed as never] })
    memory.data.set('live/flight_delays.json', bytesOf(JSON.stringify({ contracts: [live] })))
    await expect(ingest('flights/a.parquet')).rejects.toMatchObject({
      name: 'LiveGroupChanged',
      message: expect.stringContaining('windows.route.features.delay_3h is computed otherwise'),
    })
    expect(memory.written.size).toBe(0)
  })

  test('supersedes the rows of an older object, whichever is published first', async () => {
    memory.raw = csv(line)
    await ingest('flights/new.csv', 2)
    memory.raw = csv(line.replace(',20,', ',5,'))
    const { published } = await ingest('flights/old.csv', 1)
    expect(published.counts).toEqual({ read: 1, written: 0, superseded: 1, quarantined: 0 })
    expect(memory.written.get('flight_delays_flights')?.at(-1)).toMatchObject({ delay: 20 })
  })

  test.each([
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), csv(line)])],
    ['carriage returns and line feeds', Buffer.from(`${header}\r\n${line}\r\n`)],
    [
      'columns in another order, and one more',
      Buffer.from('note,origin,destination,distance,delay,date\n"a, ""b""\n",ORD,LAX,700,20,2001-01-02T10:30:00\n'),
    ],
  ])('may be CSV with %s', async (_, bytes) => {
    memory.raw = new Uint8Array(bytes)
    const { published } = await ingest('flights/week-1.csv')
    expect(published.counts).toEqual({ read: 1, written: 1, superseded: 0, quarantined: 0 })
  })

  test('keeps the microseconds of a Parquet timestamp', async () => {
    const schema = [
      { name: 'root', num_children: 5 },
      { name: 'date', type: 'INT64' as const, converted_type: 'TIMESTAMP_MICROS' as const },
      ...['delay', 'distance'].map((name) => ({ name, type: 'INT32' as const })),
      ...['origin', 'destination'].map((name) => ({
        name,
        type: 'BYTE_ARRAY' as const,
        converted_type: 'UTF8' as const,
      })),
    ]
    const columnData = [
      { name: 'date', data: [978_431_400_000_001n] },
      { name: 'delay', data: [20] },
      { name: 'distance', data: [700] },
      { name: 'origin', data: ['ORD'] },
      { name: 'destination', data: ['LAX'] },
    ]
    memory.raw = new Uint8Array(parquetWriteBuffer({ schema, columnData }))
    await ingest('flights/week-1.parquet')
    expect(memory.written.get('flight_delays_flights')?.[0]).toMatchObject({ left_at: 978_431_400_000_001n })
  })

  test('is cut into chunks of whole row groups', async () => {
    memory.raw = parquet(
      Array.from({ length: 300 }, (_, minute) => flight({ date: new Date(Date.UTC(2001, 0, 2, 0, minute)) })),
      100,
    )
    const { chunks } = (await run({ step: 'plan', ...event('flights/a.parquet') }, services)) as IngestPlan
    expect(chunks).toEqual([{ index: 0, rowStart: 0, rowEnd: 300 }])
    const middle: Chunk = { index: 1, rowStart: 100, rowEnd: 200 }
    const appended = await run({ step: 'append', ...event('flights/a.parquet'), chunk: middle }, services)
    expect(appended).toEqual({ chunk: 1, read: 100, accepted: 100, quarantined: 0 })
  })
})

describe('rows that are not fit', () => {
  test('go to the quarantine with their reason and as they were, and the others are kept', async () => {
    memory.raw = csv(
      line,
      '2001-01-02T10:31:00,late,700,ORD,LAX',
      '2001-02-30T10:31:00,20,700,ORD,LAX',
      '2001-01-02T10:32:00,20,700,ORD',
      '2001-01-02T10:33:00,,700,ORD,LAX',
      '2001-01-02T10:34:00,20,700,ORD,LAX,more',
    )
    const { published } = await ingest('flights/week-1.csv')
    expect(published.counts).toEqual({ read: 6, written: 1, superseded: 0, quarantined: 5 })
    const refused = jsonLines(memory.data.get('quarantine/flight_delays/flights/flight-delays-1/0.jsonl'))
    expect(refused.map(({ row, reason, column }) => [row, reason, column])).toEqual([
      [1, 'wrong-type', 'delay'],
      [2, 'bad-timestamp', 'left_at'],
      [3, 'malformed', undefined],
      [4, 'null', 'delay'],
      [5, 'malformed', undefined],
    ])
    expect(refused[2]).toMatchObject({ original: ['2001-01-02T10:32:00', '20', '700', 'ORD'] })
  })

  test('may be all of them', async () => {
    memory.raw = csv(line.replace(',20,', ',x,'))
    const { published } = await ingest('flights/week-1.csv')
    expect(published).toMatchObject({ counts: { read: 1, written: 0, quarantined: 1 }, watermark: null, rows: {} })
  })
})

const good = () => parquet([flight(), flight({ delay: 3 })])
const columns = (...names: string[]) =>
  new Uint8Array(parquetWriteBuffer({ columnData: names.map((name) => ({ name, data: ['a'], type: 'STRING' })) }))

describe('an object that is not fit', () => {
  const cases: [string, string, () => Uint8Array, string, RegExp][] = [
    ['an empty object', 'a.parquet', () => bytesOf(''), 'EmptyObject', /no bytes/],
    ['an empty CSV object', 'a.csv', () => bytesOf(''), 'EmptyObject', /no header/],
    ['a header without rows', 'a.csv', () => csv(), 'EmptyObject', /no rows/],
    ['Parquet without rows', 'a.parquet', () => parquet([]), 'EmptyObject', /no rows/],
    ['a truncated Parquet file', 'a.parquet', () => good().slice(0, -200), 'UnreadableObject', /Parquet/],
    ['a Parquet file with a hole', 'a.parquet', () => good().fill(0, 4, 60), 'UnreadableObject', /Parquet/],
    ['text named .parquet', 'a.parquet', () => csv(line), 'UnreadableObject', /Parquet/],
    ['Parquet named .csv', 'a.csv', good, 'UnreadableObject', /UTF-8/],
    [
      'CSV in UTF-16',
      'a.csv',
      () => bytesOf(Buffer.from(`\ufeff${header}\n${line}`, 'utf16le')),
      'UnreadableObject',
      /UTF-8/,
    ],
    [
      'CSV in Latin-1',
      'a.csv',
      () => bytesOf(Buffer.from(`${header}\n${line.replace('LAX', 'ZÜR')}`, 'latin1')),
      'UnreadableObject',
      /UTF-8/,
    ],
    [
      'a quote that is not closed',
      'a.csv',
      () => csv(line, '"2001-01-02,20', line),
      'UnreadableObject',
      /a quote that is not closed at line 3/,
    ],
    [
      'a quote out of place',
      'a.csv',
      () => csv(line, '20"01-01-02,20,700,ORD,LAX'),
      'UnreadableObject',
      /a quote inside a field without quotes at line 3/,
    ],
    [
      'a missing column',
      'a.csv',
      () => bytesOf(`${header.replace('delay', 'dealy')}\n${line}\n`),
      'WrongColumns',
      /missing: "delay"; not known: "dealy"/,
    ],
    [
      'a missing column of Parquet',
      'a.parquet',
      () => columns('date', 'dealy'),
      'WrongColumns',
      /"delay"; not known: "dealy"/,
    ],
    [
      'a repeated column of Parquet',
      'a.parquet',
      () => columns('date', 'delay', 'distance', 'origin', 'destination', 'delay'),
      'WrongColumns',
      /repeated: "delay"/,
    ],
    ['a repeated column', 'a.csv', () => bytesOf(`${header},delay\n${line},20\n`), 'WrongColumns', /repeated: "delay"/],
    [
      'columns named like parts of an object',
      'a.csv',
      () => bytesOf(`__proto__,constructor\n1,2\n`),
      'WrongColumns',
      /missing/,
    ],
    ['another kind of file', 'a.txt', () => csv(line), 'UnreadableObject', /ends neither/],
  ]
  test.each(cases)('%s fails by name and leaves word in the quarantine', async (_, key, bytes, name, message) => {
    memory.raw = new Uint8Array(bytes())
    await expect(ingest(`flights/${key}`)).rejects.toMatchObject({ name, message: expect.stringMatching(message) })
    const [record] = jsonLines(memory.data.get('quarantine/flight_delays/flights/flight-delays-1/object.jsonl'))
    expect(record).toMatchObject({ reason: name, object: { bucket: 'raw', key: `flights/${key}`, versionId: 'v1' } })
    expect(memory.written).toEqual(new Map())
  })

  test('leaves other runs untouched, even if some of its rows were appended before it failed', async () => {
    memory.raw = csv(line)
    const { published } = await ingest('flights/good.csv', 1)
    memory.raw = csv(line.replace('10:30', '10:40'))
    const failed = { ...event('flights/bad.csv', 2), chunk: { index: 0, rowStart: 0, rowEnd: null } }
    await run({ step: 'append', ...failed }, services)
    expect([...memory.data.keys()].some((key) => key.startsWith('log/') && key.includes('flight-delays-2'))).toBe(true)
    memory.raw = csv(line)
    memory.written.clear()
    expect((await ingest('flights/good.csv', 1)).published).toEqual(published)
  })

  test('is refused when the pipeline or the group is not deployed', async () => {
    memory.raw = csv(line)
    const unknown = { ...event('flights/a.csv'), group: 'trains' }
    await expect(run({ step: 'plan', ...unknown }, services)).rejects.toMatchObject({ name: 'UnknownGroup' })
  })
})

const confirm = (states: ({ rows: number; done: number; failed: number } | undefined)[]) => {
  const get = async (_: number, id: number) => {
    const state = states[id]
    return state && { id, ...state }
  }
  services.connection.get = async () => ({ onlineIngestions: { get } }) as never
  const ingestions = states.map((_, id) => ({ featureGroupId: 7, id, rows: 10 }))
  return run({ step: 'confirm', ingestions }, services)
}

describe('confirm', () => {
  test('says whether all rows have reached the online store', async () => {
    expect(await confirm([])).toEqual({ state: 'applied' })
    expect(await confirm([{ rows: 10, done: 10, failed: 0 }, undefined])).toEqual({ state: 'applied' })
    expect(
      await confirm([
        { rows: 10, done: 10, failed: 0 },
        { rows: 10, done: 9, failed: 0 },
      ]),
    ).toEqual({ state: 'pending' })
    expect(await confirm([{ rows: 10, done: 10, failed: 2 }])).toEqual({
      state: 'failed',
      cause: 'the online store could not write 2 of 10 rows of ingestion 0',
    })
  })

  test.each([
    ['a refused key', new HopsworksUnauthorised('401')],
    ['an address at which nobody answers', new HopsworksUnreachable('no reply', { code: 'ETIMEDOUT' })],
  ])('after %s the next try reads the secret anew', async (_, error) => {
    let forgotten = 0
    services.connection = {
      get: () => Promise.reject(error),
      forget: () => {
        forgotten += 1
      },
    }
    await expect(run({ step: 'confirm', ingestions: [] }, services)).rejects.toBe(error)
    expect(forgotten).toBe(1)
  })
})

describe('doctor', () => {
  test('says of each server whether it can be used from here, and why not', async () => {
    const closed = createServer()
    closed.listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    const secret = { project: 'demo', projectId: 1, featureStoreId: 1, ca: null, apiKey: 'ABCDEFGHIJKLMNOP.hidden' }
    services.examine = () =>
      doctor({ ...secret, url: `https://127.0.0.1:${port}`, vectors: { host: '127.0.0.1', port } })
    const report = doctorReport.parse(await run({ step: 'doctor' }, services))
    expect(report.checks).toMatchObject([
      { what: 'Hopsworks', host: '127.0.0.1', port, code: 'ECONNREFUSED' },
      { what: 'vector server', host: '127.0.0.1', port, code: 'ECONNREFUSED' },
    ])
    expect(JSON.stringify(report)).not.toContain('hidden')
  })
})

const withServer = async (
  answer: (request: number) => { status: number; body: string; length?: number },
  work: (objects: Objects) => Promise<void>,
) => {
  let requests = 0
  const server = createServer((_, response) => {
    requests += 1
    const { status, body, length } = answer(requests)
    response.writeHead(status, {
      'content-length': length ?? Buffer.byteLength(body),
      'content-type': 'application/xml',
    })
    response.write(body)
    if (length === undefined) response.end()
    else setTimeout(() => response.destroy(), 5)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  })
  try {
    await work(s3Objects(client, 'data'))
  } finally {
    client.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

describe('objects in S3', () => {
  test('a body that breaks off is read again', async () => {
    await withServer(
      (request) => (request === 1 ? { status: 206, body: 'abc', length: 6 } : { status: 206, body: 'abcdef' }),
      async (objects) => {
        const bytes = await objects.raw(event('a.csv').object).range(0, 6)
        expect(Buffer.from(bytes).toString()).toBe('abcdef')
      },
    )
  })

  test('a body that always breaks off fails by a name that may be tried again', async () => {
    await withServer(
      () => ({ status: 206, body: 'abc', length: 6 }),
      async (objects) => {
        const reading = objects.raw(event('a.csv').object).range(0, 6)
        await expect(reading).rejects.toMatchObject({ name: 'ObjectReadInterrupted' })
      },
    )
  })

  test('a version that has been deleted is gone', async () => {
    await withServer(
      () => ({ status: 404, body: '<Error><Code>NoSuchVersion</Code><Message>gone</Message></Error>' }),
      async (objects) => {
        const reading = objects.raw(event('a.csv').object).range(0, 6)
        await expect(reading).rejects.toMatchObject({ name: 'ObjectGone' })
      },
    )
  })
})
