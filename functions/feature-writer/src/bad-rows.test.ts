import { beforeEach, describe, expect, test } from '@jest/globals'
import {
  boolean,
  count,
  date,
  decimal,
  definePipeline,
  double,
  featureGroup,
  featureView,
  int,
  long,
  s3,
  string,
  timestamp,
  windowed,
} from '@hopline/pipeline'
import { settings } from '@hopline/pipeline/test-support/settings'
import type { SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { Memory } from '../testing/ingestion.ts'
import { ingested, ingestionOf, jsonLines, memoryServices } from '../testing/ingestion.ts'

// Every row that is read is written, superseded or quarantined, whatever its file holds.

const parcels = featureGroup('parcels', {
  from: [s3('parcels/*.csv'), s3('parcels/*.parquet')],
  columns: {
    id: int({ min: 1, max: 99 }),
    sent_at: timestamp(),
    read_at: timestamp({ epoch: 'seconds', nullable: true }),
    depot: string({ length: 3, column: '__proto__' }),
    size: string({ oneOf: ['S', 'L'], nullable: true }),
    scans: long({ nullable: true }),
    price: decimal({ max: 10, nullable: true }),
    weight: double({ min: 0, nullable: true }),
    insured: boolean({ nullable: true }),
    due: date({ nullable: true }),
  },
  features: (parcel) => ({ heavy: parcel.weight.above(10), hour: parcel.sent_at.hour() }),
  key: ['id'],
  eventTime: (parcel) => parcel.sent_at,
})
const { depot } = windowed(parcels, {
  by: { depot: ['depot'] },
  clock: (parcel) => parcel.sent_at,
  every: '1 hour',
  maxAge: '1 day',
  features: () => ({ parcels: count().over('1 day') }),
})
const pipeline = definePipeline({
  view: featureView('heavy_parcels', parcels, {
    label: 'heavy',
    request: ['depot', 'sent_at'],
    features: ['hour'],
    join: [depot],
  }),
  ...settings,
})

const ofText = expect.any(String)

let memory: Memory
beforeEach(() => {
  memory = { data: new Map(), written: new Map(), raw: new Uint8Array() }
})

/** What became of a raw object: the counts, and reason, column and a member of the original of each refused row. */
const taken = async (key: string, raw: Uint8Array<ArrayBuffer>) => {
  memory.raw = raw
  const { published } = await ingested(ingestionOf(pipeline, key), memoryServices([pipeline], memory))
  const { read, written, superseded, quarantined } = published.counts
  expect(written + superseded + quarantined).toBe(read)
  const refused = memory.data.get('quarantine/heavy_parcels/parcels/heavy-parcels-1/0.jsonl')
  const lines = refused ? jsonLines(refused) : []
  expect(lines).toHaveLength(quarantined)
  return { counts: published.counts, lines, written: memory.written.get('heavy_parcels_parcels') ?? [] }
}

const header = 'id,sent_at,read_at,__proto__,size,scans,price,weight,insured,due'
type Column = 'id' | 'sent_at' | 'read_at' | '__proto__' | 'size' | 'scans' | 'price' | 'weight' | 'insured' | 'due'
const good: Readonly<Record<Column, string>> = {
  id: '7',
  sent_at: '2026-01-05T10:00:00Z',
  read_at: '',
  ['__proto__']: 'ZRH',
  size: 'S',
  scans: '3',
  price: '1.50',
  weight: '2.5',
  insured: 'true',
  due: '2026-01-07',
}
const lineOf = (change: Partial<Record<Column, string>> = {}) =>
  Object.values(Object.fromEntries(Object.entries({ ...good, ...change }))).join(',')

describe('CSV', () => {
  const bytes = (...lines: string[]) => new Uint8Array(Buffer.from([header, ...lines].join('\n')))

  const cases: [string, Column, string, string][] = [
    ['a value below its bound', 'id', '0', 'out-of-bounds'],
    ['a value above its bound', 'id', '100', 'out-of-bounds'],
    ['more than 64 bits', 'scans', '9223372036854775808', 'out-of-bounds'],
    ['more digits than a decimal has', 'price', '1e17', 'out-of-bounds'],
    ['text for a number', 'id', 'seven', 'wrong-type'],
    ['half an integer', 'id', '7.5', 'wrong-type'],
    ['a number that is none', 'weight', 'NaN', 'wrong-type'],
    ['infinity', 'weight', 'Infinity', 'wrong-type'],
    ['neither true nor false', 'insured', 'yes', 'wrong-type'],
    ['a cent of a cent', 'price', '1.005', 'too-precise'],
    ['more text than fits', '__proto__', 'ZURICH', 'too-long'],
    ['a value that is not in the list', 'size', 'M', 'not-allowed'],
    ['nothing where something must be', 'id', '', 'null'],
    ['no time', 'sent_at', 'yesterday', 'bad-timestamp'],
    ['a time that does not exist', 'sent_at', '2026-02-30T10:00:00Z', 'bad-timestamp'],
    ['a number for a time', 'sent_at', '1767607200', 'bad-timestamp'],
    ['a time without a zone', 'sent_at', '2026-01-05T10:00:00', 'no-time-zone'],
    ['a time in the far future', 'sent_at', '9999-01-05T10:00:00Z', 'wrong-unit'],
    ['a day with a time', 'due', '2026-01-05T10:00:00Z', 'bad-date'],
  ]
  test.each(cases)('%s is refused, the rows beside it are kept', async (_, column, value, reason) => {
    const bad = { ...good, [column]: value }
    const { counts, lines, written } = await taken(
      'parcels/a.csv',
      bytes(lineOf({ id: '1' }), lineOf({ [column]: value }), lineOf({ id: '2' })),
    )
    expect(counts).toEqual({ read: 3, written: 2, superseded: 0, quarantined: 1 })
    const named = column === '__proto__' ? 'depot' : column
    expect(lines).toEqual([{ row: 1, reason, column: named, detail: ofText, original: expect.anything() }])
    expect(JSON.stringify(lines[0]?.['original'])).toBe(JSON.stringify(bad))
    expect(written.map(({ id, depot }) => [id, depot])).toEqual([
      [1, 'ZRH'],
      [2, 'ZRH'],
    ])
  })

  test('an event that is later than its object can know is refused, but a local time ahead of UTC is not', async () => {
    const sent = ['2026-11-24T10:00:00Z', '2062-11-23T10:00:00Z', '2026-11-24T10:00:10Z'] // the object is of 11-23 at 10
    const { counts, lines, written } = await taken(
      'parcels/a.csv',
      bytes(...sent.map((sent_at, index) => lineOf({ id: String(index + 1), sent_at }))),
    )
    expect(counts).toEqual({ read: 3, written: 1, superseded: 0, quarantined: 2 })
    expect(lines.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'in-the-future'],
      [2, 'in-the-future'],
    ])
    expect(written.map(({ id }) => id)).toEqual([1])
  })

  test('a line with a field more or less is refused as it stands, and a key that repeats is superseded', async () => {
    const { counts, lines } = await taken(
      'parcels/a.csv',
      bytes(lineOf(), lineOf().slice(0, 20), `${lineOf()},more`, lineOf()),
    )
    expect(counts).toEqual({ read: 4, written: 1, superseded: 1, quarantined: 2 })
    expect(lines.map(({ row, reason, detail }) => [row, reason, detail])).toEqual([
      [1, 'malformed', '2 fields under 10 columns'],
      [2, 'malformed', '11 fields under 10 columns'],
    ])
    expect(lines[0]?.['original']).toEqual(['7', '2026-01-05T10:00:00'.slice(0, 18)])
  })
})

describe('Parquet', () => {
  type Element = Omit<SchemaElement, 'name'>
  type Field = Element & { readonly data: readonly unknown[] }
  const optional = { repetition_type: 'OPTIONAL' } as const
  const utf8 = { type: 'BYTE_ARRAY', converted_type: 'UTF8', ...optional } as const
  const instant = { type: 'INT64', converted_type: 'TIMESTAMP_MICROS', ...optional } as const
  const sentAt = 1_767_607_200_000_000n

  /** Three rows whose middle one holds `value` in a column; with `element` the file declares that column otherwise. */
  const bytes = (column: Column, values: readonly [unknown, unknown, unknown], element?: Element) => {
    const all: Readonly<Record<Column, Field>> = {
      id: { type: 'INT32', ...optional, data: [1, 7, 2] },
      sent_at: { ...instant, data: [sentAt, sentAt, sentAt] },
      read_at: { type: 'INT64', ...optional, data: [null, null, null] },
      ['__proto__']: { ...utf8, data: ['ZRH', 'ZRH', 'ZRH'] },
      size: { ...utf8, data: ['S', 'S', 'S'] },
      scans: { type: 'INT64', ...optional, data: [3n, 3n, 3n] },
      price: {
        type: 'INT64',
        converted_type: 'DECIMAL',
        precision: 18,
        scale: 3,
        ...optional,
        data: [1500n, 1500n, 1500n],
      },
      weight: { type: 'DOUBLE', ...optional, data: [2.5, 2.5, 2.5] },
      insured: { type: 'BOOLEAN', ...optional, data: [true, true, true] },
      due: { type: 'INT32', converted_type: 'DATE', ...optional, data: [null, null, null] },
    }
    const fields = Object.entries(all).map(([name, declared]) =>
      name === column ? ([name, { ...(element ?? declared), data: values }] as const) : ([name, declared] as const),
    )
    const schema: SchemaElement[] = [
      { name: 'root', num_children: fields.length },
      ...fields.map(([name, { data: _data, ...element }]) => ({ name, ...element })),
    ]
    const columnData = fields.map(([name, { data }]) => ({ name, data: [...data] }))
    return new Uint8Array(parquetWriteBuffer({ schema, columnData }))
  }

  test('rows that are fit are read, a column named like a part of every object among them', async () => {
    const { counts, written } = await taken('parcels/a.parquet', bytes('id', [1, 7, 2]))
    expect(counts).toEqual({ read: 3, written: 3, superseded: 0, quarantined: 0 })
    expect(written[1]).toMatchObject({ id: 7, sent_at: sentAt, depot: 'ZRH', scans: 3n, price: 150n, weight: 2.5 })
  })

  const local = { ...instant, logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' } } as const
  const nanos = {
    type: 'INT64',
    ...optional,
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' },
  } as const
  const wide = { type: 'INT64', ...optional } as const
  const days = 86_400_000_000n
  /** What the row is refused for, and how the quarantine shows the value. */
  const cases: [string, Column, readonly [unknown, unknown, unknown], Element | undefined, string, unknown][] = [
    ['a value above its bound', 'id', [1, 100, 2], undefined, 'out-of-bounds', 100],
    ['a 64-bit integer for a small one', 'id', [1n, 2n ** 40n, 2n], wide, 'out-of-bounds', String(2n ** 40n)],
    ['a null', 'id', [1, null, 2], undefined, 'null', null],
    ['half an integer', 'id', [1, 7.5, 2], { type: 'DOUBLE', ...optional }, 'wrong-type', 7.5],
    ['text for a number', 'id', ['1', 'seven', '2'], utf8, 'wrong-type', 'seven'],
    ['infinity', 'weight', [1, Number.POSITIVE_INFINITY, 1], undefined, 'wrong-type', 'Infinity'],
    ['a tenth of a cent', 'price', [1500n, 1501n, 1500n], undefined, 'too-precise', '1501e-3'],
    ['more than fits', 'price', [1500n, 10n ** 18n, 1500n], undefined, 'out-of-bounds', `${10n ** 18n}e-3`],
    ['more text than fits', '__proto__', ['ZRH', 'ZURICH', 'ZRH'], undefined, 'too-long', 'ZURICH'],
    [
      'bytes that are no text',
      '__proto__',
      ['ZRH', Uint8Array.of(0xff), 'ZRH'],
      { type: 'BYTE_ARRAY', ...optional },
      'not-unicode',
      'ff',
    ],
    ['nanoseconds as microseconds', 'sent_at', [sentAt, sentAt * 1000n + 1n, sentAt], undefined, 'wrong-unit', ofText],
    ['a time beyond all calendars', 'sent_at', [sentAt, 2n ** 63n - 2n, sentAt], undefined, 'bad-timestamp', null],
    ['milliseconds as seconds', 'read_at', [null, 1_767_607_200_000n, null], undefined, 'wrong-unit', '1767607200000'],
    ['a day long gone', 'due', [null, -100_000, null], undefined, 'bad-date', '1696-03-17T00:00:00.000Z'],
  ]
  test.each(cases)('%s is refused, the rows beside it are kept', async (_, column, values, element, reason, shown) => {
    const { counts, lines } = await taken('parcels/a.parquet', bytes(column, values, element))
    expect(counts).toEqual({ read: 3, written: 2, superseded: 0, quarantined: 1 })
    const named = column === '__proto__' ? 'depot' : column
    expect(lines).toEqual([{ row: 1, reason, column: named, detail: ofText, original: expect.anything() }])
    expect(Object.entries(lines[0]?.['original'] ?? {})).toContainEqual([column, shown])
  })

  test('a number is no instant without a unit', async () => {
    const { counts, lines } = await taken('parcels/a.parquet', bytes('sent_at', [sentAt, sentAt, sentAt], wide))
    expect(counts).toEqual({ read: 3, written: 0, superseded: 0, quarantined: 3 })
    expect(lines[0]).toMatchObject({ reason: 'bad-timestamp', original: { sent_at: String(sentAt) } })
  })

  test('a local time is no instant', async () => {
    const { counts, lines } = await taken('parcels/a.parquet', bytes('sent_at', [sentAt, sentAt + 1n, sentAt], local))
    expect(counts).toEqual({ read: 3, written: 0, superseded: 0, quarantined: 3 })
    expect(lines.map(({ reason, column, original }) => [reason, column, original])).toEqual([
      ['no-time-zone', 'sent_at', expect.objectContaining({ sent_at: '2026-01-05T10:00:00.000' })],
      ['no-time-zone', 'sent_at', expect.objectContaining({ sent_at: '2026-01-05T10:00:00.000001' })],
      ['no-time-zone', 'sent_at', expect.objectContaining({ sent_at: '2026-01-05T10:00:00.000' })],
    ])
  })

  test('nanoseconds are cut to microseconds, before 1970 as after it', async () => {
    const { written } = await taken(
      'parcels/a.parquet',
      bytes('sent_at', [-days * 1000n, -1n, sentAt * 1000n + 999n], nanos),
    )
    expect(written.map(({ sent_at: at }) => at)).toEqual([-days, -1n, sentAt])
  })
})
