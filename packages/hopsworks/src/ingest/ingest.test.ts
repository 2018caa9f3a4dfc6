import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
// @ts-expect-error kafkajs has no types for its inside, which decodes here independently of our encoder
import crc32cOfKafkajs from 'kafkajs/src/protocol/recordBatch/crc32C/index.js'
// @ts-expect-error the same
import decodeBatch from 'kafkajs/src/protocol/recordBatch/v0/decoder.js'
// @ts-expect-error the same
import Decoder from 'kafkajs/src/protocol/decoder.js'
import { kafkaBroker } from '../../test-support/kafka-broker.ts'
import type { BrokerSettings, KafkaBroker, Produced } from '../../test-support/kafka-broker.ts'
import { certificate, privateKey } from '../../test-support/loopback-certificate.ts'
import type { Hopsworks } from '../management/index.ts'
import { rowEncoder } from './avro.ts'
import { openWriter } from './group-writer.ts'
import type { GroupWriter } from './group-writer.ts'
import { messageKey } from './message-key.ts'
import { partitionOf } from './partition.ts'
import type { Values } from './values.ts'

const field = (name: string, type: unknown) => ({ name, type: ['null', type] })
const timestampMicros = { type: 'long', logicalType: 'timestamp-micros' }
const schemaOf = (...fields: object[]) =>
  JSON.stringify({ type: 'record', name: 'txn_1', namespace: 'demo_featurestore.db', fields })
const encoded = (schema: string, row: Values) => {
  const buffer = Buffer.alloc(200)
  return buffer.toString('hex', 0, rowEncoder(schema)(row, buffer, 0))
}
const micros = (iso: string) => BigInt(Date.parse(iso)) * 1000n

describe('Avro by the schema of the group', () => {
  const scalars = schemaOf(
    field('id', 'long'),
    field('i', 'int'),
    field('f', 'float'),
    field('d', 'double'),
    field('b', 'boolean'),
    field('s', 'string'),
    field('ts', timestampMicros),
    field('nul', 'string'),
  )

  test("gives the official SDK's bytes", () => {
    const small = schemaOf(
      field('id', 'long'),
      field('ts', timestampMicros),
      field('amt', 'double'),
      field('cc', 'string'),
    )
    const row = { id: 1n, ts: micros('2026-01-01T00:00:00Z'), amt: 1.5, cc: 'a' }
    expect(encoded(small, row)).toBe('020202808082e288d2a30602000000000000f83f020261')
  })

  test("gives the official SDK's bytes for every scalar type", () => {
    const ts = micros('2026-01-02T03:04:05Z') + 678_901n
    const row = { id: 1n, i: -5, f: 1.5, d: 2.5, b: true, s: 'é', ts, nul: null }
    expect(encoded(scalars, row)).toBe('02020209020000c03f02000000000000044002010204c3a902eabcbae5ded7a30600')
  })

  test.each([2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n])('keeps the long %s exact', (id) => {
    let zigzag = BigInt.asUintN(64, (id << 1n) ^ (id >> 63n))
    let varint = ''
    for (; zigzag > 127n; zigzag >>= 7n)
      varint += Number((zigzag & 127n) | 128n)
        .toString(16)
        .padStart(2, '0')
    varint += Number(zigzag).toString(16).padStart(2, '0')
    expect(encoded(schemaOf(field('id', 'long')), { id })).toBe(`02${varint}`)
  })

  test.each([
    [0n, '00'],
    [127n, '7f'],
    [128n, '0080'],
    [-1n, 'ff'],
    [-128n, '80'],
    [-129n, 'ff7f'],
    [999_999_999_999_999_999n, '0de0b6b3a763ffff'],
  ])('gives the decimal of %s units as two’s complement', (units, hex) => {
    const price = schemaOf(field('price', { type: 'bytes', logicalType: 'decimal', precision: 18, scale: 2 }))
    expect(encoded(price, { price: units })).toBe(`02${hex.length.toString(16).padStart(2, '0')}${hex}`)
    expect(() => encoded(price, { price: 1.5 })).toThrow("A row does not fit the group's schema in: price")
  })

  test('gives a day as days since 1970', () => {
    expect(encoded(schemaOf(field('day', { type: 'int', logicalType: 'date' })), { day: -1 })).toBe('0201')
  })

  test('names the columns that do not fit, and not their values', () => {
    const bad = { id: 1n, i: 1.5, f: 1, d: 1, b: true, s: 7, ts: 2n ** 63n, nul: null }
    expect(() => encoded(scalars, bad)).toThrow(
      expect.objectContaining({
        name: 'HopsworksBadRow',
        message: "A row does not fit the group's schema in: i, s, ts",
      }),
    )
  })

  test('refuses a row that lacks a column', () => {
    expect(() => encoded(schemaOf(field('id', 'long'), field('cc', 'string')), { id: 1n })).toThrow('in: cc')
  })
})

const keyOf = (type: string, value: Values[string]) => messageKey([{ name: 'k', type }])({ k: value })

describe('message key', () => {
  test('joins the values in alphabetical order of their columns', () => {
    const key = messageKey([
      { name: 'origin', type: 'string' },
      { name: 'left_at', type: 'timestamp' },
      { name: 'destination', type: 'string' },
    ])
    expect(key({ origin: 'ORD', destination: 'LAX', left_at: 986_083_200_123_000n })).toBe(
      'LAX2001-04-01 00:00:00.123000ORD',
    )
  })

  test.each([
    [0n, '1970-01-01 00:00:00'],
    [1n, '1970-01-01 00:00:00.000001'],
    [1_767_225_600_000_000n, '2026-01-01 00:00:00'],
    [1_767_323_045_678_901n, '2026-01-02 03:04:05.678901'],
    [-1n, '1969-12-31 23:59:59.999999'],
    [-62_135_596_795_000_000n, '0001-01-01 00:00:05'],
  ])("spells timestamp %s as Python's datetime", (value, text) => {
    expect(keyOf('timestamp', value)).toBe(text)
  })

  test.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [100, '100.0'],
    [0.1, '0.1'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [123_456_789_012_345_680, '1.2345678901234568e+17'],
    [1e-4, '0.0001'],
    [0.00012345, '0.00012345'],
    [1e-5, '1e-05'],
    [-2.5e-9, '-2.5e-09'],
    [5e-324, '5e-324'],
    [1 / 3, '0.3333333333333333'],
    [Infinity, 'inf'],
  ])("spells the double %s as Python's repr", (value, text) => {
    expect(keyOf('double', value)).toBe(text)
  })

  test.each([
    ['bigint', 9_007_199_254_740_993n, '9007199254740993'],
    ['int', -7, '-7'],
    ['boolean', true, 'True'],
    ['boolean', false, 'False'],
    ['string', 'é', 'é'],
  ])("spells a %s as Python's str", (type, value, text) => {
    expect(keyOf(type, value)).toBe(text)
  })
})

test.each([
  ['1', 8, 7],
  ['ORD', 8, 0],
  ['ORDLAX2001-01-01 06:55:00', 8, 7],
  ['ORDLAX2001-01-01 06:55:00', 3, 1],
  ['é', 8, 6],
  ['ATL', 3, 0],
])('key %s of %i partitions goes to %i, as zlib.crc32 says', (key, partitions, partition) => {
  expect(partitionOf(key, partitions)).toBe(partition)
})

interface Message {
  partition: number
  key: string
  headers: Record<string, string>
  value: string
}

/** Decoded by kafkajs; also checks the checksum of each batch. */
async function messagesOf(produced: readonly Produced[]): Promise<Message[]> {
  const batches = produced.map(async ({ batch, partition }) => {
    expect(batch.readUInt32BE(17)).toBe(crc32cOfKafkajs(batch.subarray(21)) >>> 0)
    const { records } = await decodeBatch(new Decoder(batch))
    return records.map(({ key, value, headers }: { key: Buffer; value: Buffer; headers: Record<string, Buffer> }) => ({
      partition,
      key: key.toString(),
      value: value.toString('hex'),
      headers: Object.fromEntries(Object.entries(headers).map(([name, bytes]) => [name, bytes.toString()])),
    }))
  })
  return (await Promise.all(batches)).flat()
}

const feature = (name: string, type: string, primary = false) => ({ name, type, primary })

describe('writing to a group', () => {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()))
  })

  async function setUp({ online = true, ...settings }: BrokerSettings & { online?: boolean } = {}) {
    const broker = await kafkaBroker(settings)
    const announced: number[] = []
    const hopsworks = {
      projectId: 119,
      featureGroups: {
        get: async () => ({
          id: 1001,
          name: 'txn',
          version: 1,
          onlineEnabled: online,
          eventTime: 'ts',
          onlineTopicName: 'demo_onlinefs',
          features: [feature('id', 'bigint', true), feature('ts', 'timestamp')],
        }),
      },
      subjects: {
        latest: async () => ({
          id: 1025,
          version: 1,
          schema: schemaOf(field('id', 'long'), field('ts', timestampMicros)),
        }),
      },
      kafkaConnector: async () => ({
        bootstrapServers: [broker.address],
        securityProtocol: settings.mutualTls ? 'SSL' : 'PLAINTEXT',
        sslEndpointIdentificationAlgorithm: '',
        externalKafka: false,
      }),
      credentials: async () => ({ caChain: certificate, clientCert: certificate, clientKey: privateKey }),
      onlineIngestions: {
        start: async (_group: number, rows: number) => {
          announced.push(rows)
          return { id: 1002, rows, done: 0, failed: 0 }
        },
      },
    } as unknown as Hopsworks
    const retry = { totalMs: 300, baseMs: 1, maxMs: 5 }
    const writer = await openWriter(hopsworks, 'txn', 1, { timeoutMs: 1_000, retry })
    open.push(writer, broker)
    return { broker, writer, announced }
  }

  const common = { projectId: '119', featureGroupId: '1001', subjectId: '1025' }

  test('the newest row of a key goes to both stores, older ones to the offline store', async () => {
    const { broker, writer, announced } = await setUp()
    const rows = [
      { id: 1n, ts: 2n },
      { id: 1n, ts: 3n },
      { id: 2n, ts: 9n },
      { id: 1n, ts: 1n },
    ]
    const written = await writer.write(rows)

    expect(written).toEqual({ rows: 4, ingestion: { featureGroupId: 1001, id: 1002, rows: 2 } })
    expect(announced).toEqual([2])
    const both = { ...common, onlineIngestionId: '1002', upsertIfNewer: '1' }
    const offline = { ...common, storage: 'offline' }
    expect(await messagesOf(broker.produced)).toEqual([
      { partition: 0, key: '1', headers: offline, value: '02020204' },
      { partition: 0, key: '1', headers: offline, value: '02020202' },
      { partition: 0, key: '1', headers: both, value: '02020206' },
      { partition: 0, key: '2', headers: both, value: '02040212' },
    ])
    expect(broker.produced.map(({ acks, topic }) => [acks, topic])).toEqual([[-1, 'demo_onlinefs']])
  })

  test('an offline-only group announces nothing and sends no online headers', async () => {
    const { broker, writer, announced } = await setUp({ online: false })
    expect(
      await writer.write([
        { id: 1n, ts: 2n },
        { id: 1n, ts: 1n },
      ]),
    ).toEqual({ rows: 2, ingestion: null })
    expect(announced).toEqual([])
    expect((await messagesOf(broker.produced)).map(({ headers }) => headers)).toEqual([common, common])
  })

  test('no row at all writes nothing', async () => {
    const { broker, writer, announced } = await setUp()
    expect(await writer.write([])).toEqual({ rows: 0, ingestion: null })
    expect([...announced, ...broker.produced]).toEqual([])
  })

  test('many rows go out in batches that a broker accepts, each key to its partition, in order', async () => {
    const { broker, writer } = await setUp({ online: false, partitions: 3 })
    const rows = Array.from({ length: 60_000 }, (_, index) => ({ id: BigInt(index % 25_000), ts: BigInt(index) }))
    expect((await writer.write(rows)).rows).toBe(60_000)
    expect(broker.produced.length).toBeGreaterThan(3)
    for (const { batch } of broker.produced) expect(batch.length).toBeLessThanOrEqual(1_048_588)

    const messages = await messagesOf(broker.produced)
    const seen = new Map<string, number>()
    for (const { key, partition } of messages) {
      if (partition !== partitionOf(key, 3)) throw new Error(`${key} in ${partition}`)
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    expect([messages.length, seen.size]).toEqual([60_000, 25_000])
    const ofSeven = messages.filter(({ key }) => key === '7').map(({ value }) => value)
    expect(ofSeven).toEqual(
      [7, 25_007, 50_007].map((ts) =>
        encoded(schemaOf(field('id', 'long'), field('ts', 'long')), { id: 7n, ts: BigInt(ts) }),
      ),
    )
  })

  test.each([
    ['NOT_LEADER_OR_FOLLOWER', 6],
    ['NOT_ENOUGH_REPLICAS', 19],
    ['a broken socket', 'hang up'],
  ] as const)('%s is retried after the metadata were read again', async (_name, failure) => {
    const { broker, writer } = await setUp({ online: false, produce: (count) => (count <= 2 ? failure : 0) })
    expect((await writer.write([{ id: 1n, ts: 2n }])).rows).toBe(1)
    expect(broker.produced).toHaveLength(1)
    expect(broker.metadataReads).toBe(3)
  })

  test('an error that stays is thrown with its code and not retried', async () => {
    const { broker, writer } = await setUp({ online: false, produce: () => 29 })
    await expect(writer.write([{ id: 1n, ts: 2n }])).rejects.toMatchObject({
      name: 'HopsworksKafkaError',
      message: 'Writing to partition 0 of demo_onlinefs: TOPIC_AUTHORIZATION_FAILED (29)',
      code: 29,
      retryable: false,
    })
    expect(broker.metadataReads).toBe(1)
  })

  test('a retriable error is given up when the time is used up', async () => {
    const { writer } = await setUp({ online: false, produce: () => 6 })
    await expect(writer.write([{ id: 1n, ts: 2n }])).rejects.toMatchObject({ code: 6, retryable: true })
  })

  test('a broker that cannot speak our Produce is named', async () => {
    const { writer } = await setUp({ online: false, produceVersion: 5 })
    await expect(writer.write([{ id: 1n, ts: 2n }])).rejects.toThrow(/Produce: UNSUPPORTED_VERSION/)
  })

  test('mutual TLS uses the certificates of the project user, and an error holds none of them', async () => {
    const { broker, writer } = await setUp({
      online: false,
      mutualTls: true,
      produce: (count) => (count === 1 ? 0 : 10),
    })
    expect((await writer.write([{ id: 1n, ts: 2n }])).rows).toBe(1)
    expect(broker.produced).toHaveLength(1)
    const error: unknown = await writer.write([{ id: 1n, ts: 2n }]).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 10 })
    expect(inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)).not.toMatch(/BEGIN/)
  })

  test('a row that does not fit fails the write by name', async () => {
    const { writer }: { writer: GroupWriter; broker: KafkaBroker } = await setUp()
    await expect(writer.write([{ id: 1n, ts: 'now' }])).rejects.toMatchObject({ name: 'HopsworksBadRow' })
  })
})
