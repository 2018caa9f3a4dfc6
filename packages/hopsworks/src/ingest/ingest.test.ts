import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
// @ts-expect-error kafkajs has no types for its inside, which decodes here independently of our encoder
import crc32cOfKafkajs from 'kafkajs/src/protocol/recordBatch/crc32C/index.js'
// @ts-expect-error the same
import decodeBatch from 'kafkajs/src/protocol/recordBatch/v0/decoder.js'
// @ts-expect-error the same
import Decoder from 'kafkajs/src/protocol/decoder.js'
import { kafkaBroker } from '../../test-support/kafka-broker.ts'
import type { BrokerSettings, Produced } from '../../test-support/kafka-broker.ts'
import { certificate, privateKey } from '../../test-support/loopback-certificate.ts'
import type { Hopsworks } from '../management/index.ts'
import { ByteSink } from './avro/byte-sink.ts'
import { rowEncoder } from './avro/row-encoder.ts'
import { openWriter, waitForOnline } from './index.ts'
import type { Ledger, LedgerEntry, RefusedRow, WriterOptions } from './index.ts'
import { messageKey } from './message-key.ts'
import { scram } from './kafka/sasl/scram.ts'
import { partitionOf } from './partition.ts'
import type { Values } from '../value.ts'

const field = (name: string, type: unknown) => ({ name, type: ['null', type] })
const timestampMicros = { type: 'long', logicalType: 'timestamp-micros' }
const schemaOf = (...fields: object[]) =>
  JSON.stringify({ type: 'record', name: 'txn_1', namespace: 'demo_featurestore.db', fields })
const encoded = (schema: string, row: Values) => {
  const sink = new ByteSink()
  rowEncoder(schema)(row, sink)
  return sink.buffer.toString('hex', 0, sink.at)
}

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
    [9_007_199_254_740_993n, '2255-06-05 23:47:34.740993'],
    [-62_135_596_800_000_000n, '0001-01-01 00:00:00'],
    [-62_135_596_795_000_001n, '0001-01-01 00:00:04.999999'],
    [253_402_300_799_999_999n, '9999-12-31 23:59:59.999999'],
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
    ['date', '2026-01-02', '2026-01-02'],
    ['date', 20_455, '2026-01-02'],
    ['decimal(10,2)', '12.30', '12.30'],
    ['binary', Buffer.from('a\0\n\\é'), String.raw`b'a\x00\n\\\xc3\xa9'`],
    ['binary', Buffer.from("it's"), `b"it's"`],
    ['binary', Buffer.from(`'"`), `b'\\'"'`],
  ])("spells a %s as Python's str", (type, value, text) => {
    expect(keyOf(type, value)).toBe(text)
  })

  test.each([
    ['bigint', null, 'is null'],
    ['timestamp', 253_402_300_800_000_000n, 'lies outside of the years 1 to 9999'],
    ['timestamp', -62_135_596_800_000_001n, 'lies outside of the years 1 to 9999'],
  ])('of a %s %p is refused', (type, value, why) => {
    expect(() => keyOf(type, value)).toThrow(
      expect.objectContaining({ name: 'HopsworksBadRow', code: 'KEY', message: `A row's primary key k ${why}` }),
    )
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

const rowSchema = schemaOf(field('id', 'long'), field('ts', timestampMicros))
const encodedRow = (row: Values) => encoded(rowSchema, row)
const feature = (name: string, type: string, primary = false) => ({ name, type, primary })

describe('writing to a group', () => {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()))
  })

  interface Setting extends BrokerSettings {
    online?: boolean
    /** With a column of text. */
    wide?: boolean
    connector?: object
    options?: WriterOptions
    /** Of Hopsworks. */
    version?: '4.8.8' | '5.2.1'
  }

  async function setUp(setting: Setting = {}) {
    const { online = true, wide = false, connector = {}, options = {}, version = '5.2.1', ...settings } = setting
    const broker = await kafkaBroker(settings)
    const announced: number[] = []
    const asked: string[] = []
    const columns = [field('id', 'long'), field('ts', timestampMicros), ...(wide ? [field('note', 'string')] : [])]
    const hopsworks = {
      projectId: 119,
      server: async () => ({ version, heedsRowHeaders: version !== '4.8.8' }),
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
      subjects: { latest: async () => ({ id: 1025, version: 1, schema: schemaOf(...columns) }) },
      kafkaConnector: async () => ({
        bootstrapServers: [broker.address],
        securityProtocol: settings.mutualTls ? 'SSL' : 'PLAINTEXT',
        sslEndpointIdentificationAlgorithm: '',
        externalKafka: false,
        options: [],
        ...connector,
      }),
      credentials: async () => {
        asked.push('credentials')
        return { caChain: certificate, clientCert: certificate, clientKey: privateKey }
      },
      onlineIngestions: {
        start: async (_group: number, rows: number) => {
          announced.push(rows)
          return { id: 1001 + announced.length, rows, done: 0, failed: 0 }
        },
      },
    } as unknown as Hopsworks
    const retry = { totalMs: 300, baseMs: 1, maxMs: 5 }
    const writer = await openWriter(hopsworks, 'txn', 1, { timeoutMs: 1_000, retry, ...options })
    open.push(writer, broker)
    return { broker, writer, announced, asked }
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

  describe('a removal', () => {
    test('sends the keys alone, to the online store only, and counts them', async () => {
      const { broker, writer, announced } = await setUp()
      const removed = await writer.remove([{ id: 1n, ts: 7n }, { id: 2n }])
      expect(removed).toEqual({ rows: 2, ingestion: { featureGroupId: 1001, id: 1002, rows: 2 } })
      expect(announced).toEqual([2])
      const headers = { ...common, onlineIngestionId: '1002', operation: 'delete', storage: 'online' }
      expect(await messagesOf(broker.produced)).toEqual([
        { partition: 0, key: '1', headers, value: '020200' },
        { partition: 0, key: '2', headers, value: '020400' },
      ])
    })
    test('comes behind what was written, in the same session', async () => {
      const { broker, writer } = await setUp()
      await writer.write([{ id: 1n, ts: 2n }])
      await writer.remove([{ id: 1n }])
      await writer.write([{ id: 1n, ts: 3n }])
      expect((await messagesOf(broker.produced)).map(({ value }) => value)).toEqual(['02020204', '020200', '02020206'])
    })
    test('leaves keys out that are none, where someone takes them', async () => {
      const { broker, writer } = await setUp()
      await expect(writer.remove([{ ts: 1n }])).rejects.toMatchObject({ name: 'HopsworksBadRow', code: 'KEY' })
      const refused: RefusedRow[] = []
      const keys = [{ id: 'one' }, { id: 2n }, {}]
      const removed = await writer.remove(keys, { refuse: (row) => refused.push(row) })
      expect(removed).toMatchObject({ rows: 1, ingestion: { rows: 1 } })
      expect(refused.map(({ index, error }) => [index, error.code])).toEqual([
        [0, 'SCHEMA'],
        [2, 'KEY'],
      ])
      expect(await messagesOf(broker.produced)).toHaveLength(1)
      expect(await writer.remove([])).toEqual({ rows: 0, ingestion: null })
    })
    test('is not sent to a server that would take it for a row, nor to an offline group', async () => {
      const old = await setUp({ version: '4.8.8' })
      await expect(old.writer.remove([{ id: 1n }])).rejects.toMatchObject({
        name: 'HopsworksMismatch',
        message: expect.stringContaining('4.8.8'),
      })
      const offline = await setUp({ online: false })
      await expect(offline.writer.remove([{ id: 1n }])).rejects.toMatchObject({ name: 'HopsworksMismatch' })
      expect([...old.broker.produced, ...offline.broker.produced]).toEqual([])
    })
  })

  test('no row at all writes nothing', async () => {
    const { broker, writer, announced } = await setUp()
    expect(await writer.write([])).toEqual({ rows: 0, ingestion: null })
    expect([...announced, ...broker.produced]).toEqual([])
  })

  test('many rows go out in batches that a broker accepts, each key to its partition, in order', async () => {
    const { broker, writer } = await setUp({ online: false, partitions: 256 })
    const rows = Array.from({ length: 6_000 }, (_, index) => ({ id: BigInt(index % 5), ts: BigInt(index) }))
    expect((await writer.write(rows)).rows).toBe(6_000)
    expect(broker.produced.length).toBeGreaterThan(5)
    for (const { batch } of broker.produced) expect(batch.length).toBeLessThanOrEqual(1_048_588)

    const messages = await messagesOf(broker.produced)
    expect(messages.filter(({ key, partition }) => partition !== partitionOf(key, 256))).toEqual([])
    for (let id = 0; id < 5; id += 1) {
      const values = messages.filter(({ key }) => key === String(id)).map(({ value }) => value)
      expect(values).toEqual(
        Array.from({ length: 1_200 }, (_, at) => encodedRow({ id: BigInt(id), ts: BigInt(id + 5 * at) })),
      )
    }
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
      produce: (count) => (count === 1 ? 0 : 29),
    })
    expect((await writer.write([{ id: 1n, ts: 2n }])).rows).toBe(1)
    expect(broker.produced).toHaveLength(1)
    const error: unknown = await writer.write([{ id: 1n, ts: 2n }]).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 29 })
    expect(inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)).not.toMatch(/BEGIN/)
  })

  test('a row that does not fit fails the write by name', async () => {
    const { writer } = await setUp()
    await expect(writer.write([{ id: 1n, ts: 'now' }])).rejects.toMatchObject({ name: 'HopsworksBadRow' })
  })

  test('rows that cannot be written are handed over with their place, and the others are written', async () => {
    const { broker, writer } = await setUp({ wide: true })
    const refused: RefusedRow[] = []
    const rows = [
      { id: 1n, ts: 1n, note: 'older' },
      { id: 1n, ts: 'now', note: null },
      { id: 2n, ts: 1n, note: 'x'.repeat(1_000_000) },
      { id: null, ts: 1n, note: null },
      { id: 3n, ts: 1n, note: null },
    ]
    const written = await writer.write(rows, { refuse: (row) => refused.push(row) })
    expect(written).toMatchObject({ rows: 2, ingestion: { rows: 2 } })
    expect(refused.map(({ index, error }) => [index, error.code])).toEqual([
      [1, 'SCHEMA'],
      [2, 'TOO_LARGE'],
      [3, 'KEY'],
    ])
    expect((await messagesOf(broker.produced)).map(({ key, headers }) => [key, headers['storage']])).toEqual([
      ['1', undefined],
      ['3', undefined],
    ])
  })

  test('a broker that takes less gets halves, in order, until one message is left and refused', async () => {
    const { broker, writer } = await setUp({
      online: false,
      wide: true,
      produce: (_count, batch) => (batch.length > 5_000 ? 10 : 0),
    })
    const refused: RefusedRow[] = []
    const rows = Array.from({ length: 50 }, (_, id) => ({
      id: BigInt(id),
      ts: 1n,
      note: 'x'.repeat(id === 33 ? 6_000 : 400),
    }))
    expect(await writer.write(rows, { refuse: (row) => refused.push(row) })).toMatchObject({ rows: 49 })
    expect(refused).toMatchObject([{ index: 33, error: { code: 'TOO_LARGE' } }])
    const keys = (await messagesOf(broker.produced)).map(({ key }) => Number(key))
    expect(keys).toEqual(rows.map((_, id) => id).filter((id) => id !== 33))
  })

  test('rows may come as they are made, and in batches', async () => {
    const { writer } = await setUp({ online: false })
    async function* made() {
      for (let id = 0n; id < 3n; id += 1n) yield { id, ts: id }
      yield [
        { id: 3n, ts: 3n },
        { id: 4n, ts: 'late' },
      ]
    }
    const refused: number[] = []
    expect(await writer.write(made(), { refuse: ({ index }) => refused.push(index) })).toMatchObject({ rows: 4 })
    expect(refused).toEqual([4])
  })

  test('a batch whose acknowledgement was lost is there once', async () => {
    const { broker, writer } = await setUp({
      online: false,
      produce: (count) => (count === 2 ? 'lose the reply' : 0),
    })
    for (let id = 1n; id <= 3n; id += 1n) await writer.write([{ id, ts: id }])
    expect((await messagesOf(broker.produced)).map(({ key }) => key)).toEqual(['1', '2', '3'])
    expect([broker.identities, broker.duplicates]).toEqual([1, 1])
  })

  test.each([
    ['OUT_OF_ORDER_SEQUENCE_NUMBER', 45],
    ['INVALID_PRODUCER_EPOCH', 47],
    ['UNKNOWN_PRODUCER_ID', 59],
  ])('after %s it goes on under a new identity', async (_name, code) => {
    const { broker, writer } = await setUp({ online: false, produce: (count) => (count === 2 ? code : 0) })
    for (let id = 1n; id <= 3n; id += 1n) await writer.write([{ id, ts: id }])
    expect(broker.produced.map(({ batch }) => [batch.readBigInt64BE(43), batch.readInt32BE(53)])).toEqual([
      [701n, 0],
      [702n, 0],
      [702n, 1],
    ])
  })

  test('after a write that failed the next one begins under a new identity', async () => {
    const { broker, writer } = await setUp({ online: false, produce: (count) => (count === 2 ? 29 : 0) })
    await writer.write([{ id: 1n, ts: 1n }])
    await expect(writer.write([{ id: 2n, ts: 1n }])).rejects.toMatchObject({ code: 29 })
    await writer.write([{ id: 3n, ts: 1n }])
    expect(broker.identities).toBe(2)
    expect(broker.produced.map(({ batch }) => batch.readInt32BE(53))).toEqual([0, 0])
  })

  test('a user who may have no producer id writes without', async () => {
    const { broker, writer } = await setUp({ online: false, identify: 31 })
    await writer.write([{ id: 1n, ts: 1n }])
    expect(broker.produced.map(({ batch }) => batch.readBigInt64BE(43))).toEqual([-1n])
  })

  test('DUPLICATE_SEQUENCE_NUMBER says that the batch is there', async () => {
    const { writer } = await setUp({ online: false, produce: () => 46 })
    expect(await writer.write([{ id: 1n, ts: 1n }])).toMatchObject({ rows: 1 })
  })

  test('a broker that says nothing is given up in bounded time', async () => {
    const { writer } = await setUp({
      online: false,
      options: { timeoutMs: 60, retry: { totalMs: 100, baseMs: 1, maxMs: 5 } },
      produce: () => 'say nothing',
    })
    const since = performance.now()
    await expect(writer.write([{ id: 1n, ts: 1n }])).rejects.toMatchObject({
      name: 'HopsworksKafkaError',
      code: 'ETIMEDOUT',
      message: expect.stringContaining('no reply to Produce within 60 ms'),
    })
    expect(performance.now() - since).toBeLessThan(1_000)
  })

  test('an aborted write ends at once, with the reason', async () => {
    const { writer, broker } = await setUp({ online: false, produce: () => 'say nothing' })
    const stop = new AbortController()
    const write = writer.write([{ id: 1n, ts: 1n }], { signal: stop.signal })
    setTimeout(() => stop.abort(new Error('enough')), 20)
    await expect(write).rejects.toThrow('enough')
    await expect(writer.write([], { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
    expect(broker.produced).toEqual([])
  })

  test('a refused certificate is fetched once more, and then the refusal stands', async () => {
    const { writer, asked } = await setUp({
      online: false,
      connector: { securityProtocol: 'SSL', sslEndpointIdentificationAlgorithm: 'https' },
      mutualTls: true,
      options: { kafka: { tls: { ca: certificate } } },
    })
    await expect(writer.write([{ id: 1n, ts: 1n }])).rejects.toMatchObject({
      name: 'HopsworksKafkaError',
      retryable: false,
      code: expect.stringMatching(/CERT|SSL/),
    })
    expect(asked).toEqual([])
  })

  test('a broker that is not trusted is no broker', async () => {
    const { writer } = await setUp({ mutualTls: true, connector: { externalKafka: true }, online: false })
    await expect(writer.write([{ id: 1n, ts: 1n }])).rejects.toMatchObject({
      retryable: false,
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
  })

  describe('with SASL', () => {
    const external = { securityProtocol: 'SASL_PLAINTEXT', externalKafka: true }
    const jaas = String.raw`org.apache.kafka.common.security.plain.PlainLoginModule required username="ann" password="a\"b";`

    test('user and password come from the connector', async () => {
      const said: string[] = []
      const options = [
        { name: 'sasl.mechanism', value: 'PLAIN' },
        { name: 'sasl.jaas.config', value: jaas },
      ]
      const { broker, writer } = await setUp({
        online: false,
        connector: { ...external, options },
        sasl: (message) => {
          said.push(message)
          return ''
        },
      })
      await writer.write([{ id: 1n, ts: 1n }])
      expect([broker.mechanisms, said]).toEqual([['PLAIN'], ['\0ann\0a"b']])
    })

    test('a refused password is told and not tried again', async () => {
      const { writer, broker } = await setUp({
        online: false,
        connector: external,
        options: { kafka: { sasl: { mechanism: 'SCRAM-SHA-512', username: 'ann', password: 'hidden' } } },
        sasl: () => undefined,
      })
      const error: unknown = await writer.write([{ id: 1n, ts: 1n }]).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({
        name: 'HopsworksKafkaError',
        message: 'SASL, Authentication failed: SASL_AUTHENTICATION_FAILED (58)',
        retryable: false,
      })
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain('hidden')
      expect(broker.mechanisms).toEqual(['SCRAM-SHA-512'])
    })

    test('a connector that names no user is refused before anything is sent', async () => {
      const { writer } = await setUp({ online: false, connector: external })
      await expect(writer.write([{ id: 1n, ts: 1n }])).rejects.toThrow('Kafka connector: SASL mechanism (none)')
    })

    test('SCRAM gives the answers of RFC 7677, and knows the server by its own', async () => {
      const conversation = scram('sha256', { username: 'user', password: 'pencil' }, 'rOprNGfwEbeRWgbNEkqO')
      expect(conversation.first.toString()).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')
      const reply = await conversation.answer(
        'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
      )
      expect(reply.final.toString()).toBe(
        'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
      )
      expect(reply.verify('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(true)
      expect(reply.verify('v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(false)
      await expect(conversation.answer('r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096')).rejects.toThrow(
        'broke the SCRAM protocol',
      )
      await expect(conversation.answer('r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=1')).rejects.toThrow(
        'broke the SCRAM protocol',
      )
    })
  })

  describe('with a ledger', () => {
    const memory = (): Ledger & { saved: LedgerEntry | null } => ({
      saved: null,
      async read() {
        return this.saved
      },
      async save(entry) {
        this.saved = structuredClone(entry)
      },
    })
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ id: BigInt(index % 4), ts: BigInt(index) }))

    test.each([true, false])('a repeated run sends only what was not acknowledged (online: %p)', async (online) => {
      const ledger = memory()
      const firstRun = 701n
      const { broker, writer, announced } = await setUp({
        online,
        partitions: 256,
        produce: (count, batch) => (count > 2 && batch.readBigInt64BE(43) === firstRun ? 29 : 0),
      })
      await expect(writer.write(rows, { ledger })).rejects.toMatchObject({ code: 29 })
      const acknowledged = ledger.saved?.partitions.reduce((sum, { messages }) => sum + messages, 0)
      const first = (await messagesOf(broker.produced)).length
      expect(first).toBeGreaterThan(0)
      expect(acknowledged).toBe(first)

      expect(await writer.write(rows, { ledger })).toMatchObject({ rows: 5_000 })
      const all = await messagesOf(broker.produced)
      expect(all).toHaveLength(5_000)
      expect(announced).toEqual(online ? [4] : [])
      const values = new Map<string, string[]>()
      for (const { key, value } of all) values.set(key, [...(values.get(key) ?? []), value])
      for (const [key, written] of values) {
        expect(written).toEqual(rows.filter(({ id }) => String(id) === key).map(encodedRow))
      }

      expect(await writer.write(rows, { ledger })).toMatchObject({ rows: 5_000 })
      expect(await messagesOf(broker.produced)).toHaveLength(5_000)
    })

    test('other rows are refused rather than skipped', async () => {
      const ledger = memory()
      const { broker, writer } = await setUp({ online: false })
      await writer.write(rows.slice(0, 3), { ledger })
      for (const others of [rows.slice(1, 4), rows.slice(0, 2)]) {
        const refusal = { name: 'HopsworksMismatch', code: 'LEDGER' }
        await expect(writer.write(others, { ledger })).rejects.toMatchObject(refusal)
      }
      expect(broker.produced).toHaveLength(1)
    })

    const three = { messages: 3, digest: 1 }
    test.each([
      ['the topic has grown', { featureGroupId: 1001, partitions: [three] }],
      ['the group was made anew', { featureGroupId: 1000, partitions: [three, three] }],
    ])('where %s everything is sent again', async (_, entry) => {
      const ledger = memory()
      ledger.saved = { ...entry, refused: [], ingestion: null }
      const { writer, broker } = await setUp({ online: false, partitions: 2 })
      expect(writer.group.id).toBe(1001)
      await writer.write(rows.slice(0, 3), { ledger })
      expect(await messagesOf(broker.produced)).toHaveLength(3)
    })

    test('a row that the broker found too large is refused again, and never waited for', async () => {
      const ledger = memory()
      const produce = (_count: number, batch: Buffer) => (batch.length > 5_000 ? 10 : 0)
      const { broker, writer } = await setUp({ wide: true, produce })
      const wide = [4, 6_000, 5].map((length, id) => ({ id: BigInt(id), ts: 1n, note: 'x'.repeat(length) }))
      for (const _ of ['first', 'repeated']) {
        const refused: number[] = []
        const written = await writer.write(wide, { ledger, refuse: ({ index }) => refused.push(index) })
        expect(written).toMatchObject({ rows: 2, ingestion: { rows: 2 } })
        expect(refused).toEqual([1])
      }
      expect(await messagesOf(broker.produced)).toHaveLength(2)
    })

    test('that cannot be saved fails the write', async () => {
      const ledger = { ...memory(), save: () => Promise.reject(new Error('the disk is full')) }
      const { writer } = await setUp({ online: false })
      await expect(writer.write([{ id: 1n, ts: 1n }], { ledger })).rejects.toThrow('the disk is full')
    })
  })
})

describe('waiting for the online store', () => {
  const ingestion = { featureGroupId: 1, id: 2, rows: 10 }
  const states = (...replies: ({ done: number; failed: number } | undefined)[]) => {
    let at = 0
    const get = async () => replies[Math.min(at++, replies.length - 1)]
    return { onlineIngestions: { get } } as unknown as Hopsworks
  }

  test.each([
    [
      'all rows are done',
      [
        { done: 4, failed: 0 },
        { done: 10, failed: 0 },
      ],
      { state: 'applied', done: 10, failed: 0 },
    ],
    ['some rows failed', [{ done: 10, failed: 3 }], { state: 'failed', done: 10, failed: 3 }],
    ['the server has pruned it', [undefined], { state: 'applied', done: 10, failed: 0 }],
    ['time is up', [{ done: 4, failed: 1 }], { state: 'pending', done: 4, failed: 1 }],
  ])('ends when %s', async (_name, replies, state) => {
    const options = { timeoutMs: 5, periodMs: 1 }
    expect(await waitForOnline(states(...replies), ingestion, options)).toEqual({ ...state, rows: 10 })
  })
})
