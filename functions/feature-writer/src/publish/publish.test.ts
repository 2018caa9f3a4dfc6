import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { HopsworksBadRow, HopsworksMismatch } from '@hopline/hopsworks/errors'
import type { AnyPipeline, GroupDefinition, Value, Values } from '@hopline/pipeline'
import {
  clockOf,
  count,
  eventTimeOf,
  featureGroup,
  featureGroupRequests,
  int,
  keyOf,
  max,
  mean,
  rowFunction,
  s3,
  string,
  sum,
  timestamp,
  windowed,
} from '@hopline/pipeline'
import type { Appended, IngestInput, LogObject } from '@hopline/workflow'
import { memoryObjects } from '../../testing/memory-objects.ts'
import type { Log } from '../log/log.ts'
import { orderOf } from '../log/order.ts'
import { isNewer } from '../log/row.ts'
import type { LogRow } from '../log/row.ts'
import type { Sink } from '../sink.ts'
import { groupWrites } from './group-writes.ts'
import { openLedgers } from './ledgers.ts'
import { publish } from './publish.ts'

const hour = 3_600_000_000n
const start = BigInt(Date.UTC(2026, 0, 5)) * 1_000n

/** Parcels are known `late` minutes after they were sent; with `dated` the key names the event time, without it does not. */
const pipelineOf = (dated: boolean): AnyPipeline => {
  const parcels = featureGroup('parcels', {
    from: [s3('parcels/*.csv')],
    columns: {
      id: int(),
      place: string({ length: 3 }),
      sent_at: timestamp({ zone: 'UTC' }),
      late: int(),
      weight: int(),
    },
    features: (parcel) => ({ known_at: parcel.sent_at.afterMinutes(parcel.late) }),
    key: dated ? ['id', 'sent_at'] : ['id'],
    eventTime: (parcel) => parcel.sent_at,
  })
  const { depot } = windowed(parcels, {
    by: { depot: ['place'] },
    clock: (parcel) => parcel.known_at,
    every: '1 hour',
    maxAge: '2 hours',
    features: (parcel) => ({
      parcels_2h: count().over('2 hours'),
      weight_5h: mean(parcel.weight).over('5 hours'),
      heaviest_5h: max(parcel.weight).over('5 hours'),
    }),
  })
  const { all } = windowed(parcels, {
    by: { all: ['id'] },
    clock: (parcel) => parcel.sent_at,
    every: '2 hours',
    maxAge: '2 hours',
    features: (parcel) => ({ weight_4h: sum(parcel.weight).over('4 hours') }),
  })
  return { name: 'post', spine: parcels, windows: [depot, all] } as unknown as AnyPipeline
}

interface Parcel {
  id: number
  place: string
  quarter: number
  late: number
  weight: number
}
type Run = Parcel[]

const eventOf = (index: number): IngestInput => ({
  runId: `post-${index}`,
  pipeline: 'post',
  group: 'parcels',
  object: {
    bucket: 'raw',
    key: `parcels/${index}.csv`,
    versionId: `v${index}`,
    etag: 'e',
    size: 1,
    sequencer: '0A',
    time: `2026-02-01T00:00:${String(index).padStart(2, '0')}Z`,
  },
})

const logRows = (pipeline: AnyPipeline, index: number, run: Run): LogRow[] => {
  const features = rowFunction(pipeline.spine)
  return run.map(({ id, place, quarter, late, weight }, row) => ({
    order: orderOf(eventOf(index).object),
    row,
    values: features({ id, place, sent_at: start + BigInt(quarter) * (hour / 4n), late, weight }),
  }))
}

/** The log as append leaves it, in memory. `pause` stands for the time that S3 takes. */
const memoryLog = (pause: () => Promise<void>): Log => {
  const objects = new Map<string, { object: LogObject; rows: readonly LogRow[] }>()
  const committed = new Set<string>()
  return {
    append: async (object, rows) => {
      await pause()
      const key = JSON.stringify(object)
      objects.set(key, { object: { ...object, key }, rows })
    },
    commit: async (runId) => {
      await pause()
      committed.add(runId)
    },
    list: async () => {
      await pause()
      return [...objects.values()].flatMap(({ object }) => (committed.has(object.runId) ? [object] : []))
    },
    read: async (wanted) => {
      await pause()
      return wanted.map(({ key }) => [...(objects.get(key)?.rows ?? [])])
    },
  }
}

type Table = Map<string, Values>

/** Both stores behind Kafka: offline by key and event time, online the newest of a key, each row when it arrives. */
const memoryStores = (pause: () => Promise<void>) => {
  const offline = new Map<string, Table>()
  const online = new Map<string, Table>()
  const tableOf = (tables: Map<string, Table>, name: string) => {
    const table = tables.get(name) ?? new Map<string, Values>()
    tables.set(name, table)
    return table
  }
  const sink: Sink = {
    write: async (group, rows) => {
      const messages = [...rows]
      for (const [index, row] of messages.entries()) {
        if (index % 5 === 0) await pause()
        const key = group.features.filter(({ primary }) => primary).map(({ name }) => row[name])
        const at = row[group.eventTime]
        tableOf(offline, group.name).set([...key, at].join('|'), row)
        const current = tableOf(online, group.name).get(key.join('|'))?.[group.eventTime]
        if (current === undefined || Number(at) >= Number(current)) tableOf(online, group.name).set(key.join('|'), row)
      }
      return { rows: messages.length, ingestion: null }
    },
    reset: () => undefined,
  }
  return { sink, offline: (name: string) => tableOf(offline, name), online: (name: string) => tableOf(online, name) }
}

type Bucket = Map<string, Uint8Array<ArrayBuffer>>

const ingest = async (
  pipeline: AnyPipeline,
  log: Log,
  sink: Sink,
  index: number,
  run: Run,
  data: Bucket = new Map(),
) => {
  const event = eventOf(index)
  const rows = logRows(pipeline, index, run)
  const clocks = pipeline.windows.map(clockOf)
  const eventTime = eventTimeOf(pipeline.spine)
  const dates = Map.groupBy(rows, ({ values }) =>
    new Date(Number((eventTime(values) ?? 0n) / 1_000n)).toISOString().slice(0, 10),
  )
  for (const [date, rows] of dates) {
    const minutes = rows.flatMap(({ values }) => clocks.map((clock) => Number((clock(values) ?? 0n) / 60_000_000n)))
    const range = { clockFrom: Math.min(...minutes), clockTo: Math.max(...minutes) }
    await log.append({ date, ...range, runId: event.runId, chunk: 0 }, rows)
  }
  const appended: Appended[] = [{ chunk: 0, read: run.length + 1, accepted: run.length, quarantined: 1 }]
  return publish({ ...event, appended }, { pipeline, objects: memoryObjects(data), log, sink })
}

const weights = (rows: Values[]) => rows.map(({ weight }) => Number(weight))
const total = (rows: Values[]) => weights(rows).reduce((a, b) => a + b, 0)
/** What the tables must be, told from all rows at once, window by window, row by row. */
const expected = (pipeline: AnyPipeline, runs: readonly Run[]) => {
  const rows = runs.flatMap((run, index) => logRows(pipeline, index, run))
  const rowKey = keyOf(pipeline.spine)
  const newest = new Map<string, LogRow>()
  for (const row of rows) {
    const other = newest.get(rowKey(row.values))
    if (other === undefined || isNewer(row, other)) newest.set(rowKey(row.values), row)
  }
  const windows = (name: string, every: bigint, widths: Record<string, [bigint, (rows: Values[]) => Value]>) => {
    const group = pipeline.windows.find((group) => group.name === name)
    if (group === undefined) throw new Error(name)
    const [clock, key] = [clockOf(group), keyOf(group)]
    const at = (row: LogRow) => clock(row.values) ?? 0n
    const watermark = rows.map(at).reduce((a, b) => (a > b ? a : b), 0n)
    const table = new Map<string, Record<string, Value>>()
    for (const row of rows) {
      const entry = (at(row) / every + 1n) * every
      for (const end of [entry, ...Object.values(widths).map(([width]) => entry + width)]) {
        if (end > watermark) continue
        const inside = (width: bigint) =>
          [...newest.values()]
            .filter((other) => key(other.values) === key(row.values) && at(other) >= end - width && at(other) < end)
            .map(({ values }) => values)
        const features = Object.entries(widths).map(([feature, [width, of]]) => [feature, of(inside(width))] as const)
        const keys = Object.fromEntries(group.by.map((column) => [column, row.values[column] ?? null]))
        table.set([...Object.values(keys), end].join('|'), { ...keys, tile_end: end, ...Object.fromEntries(features) })
      }
    }
    return table
  }
  return {
    spine: new Map(
      [...newest.values()].map(({ values }) => [`${values['id']}|${values['sent_at']}|${values['sent_at']}`, values]),
    ),
    depot: windows('depot', hour, {
      parcels_2h: [2n * hour, (rows) => rows.length],
      weight_5h: [5n * hour, (rows) => (rows.length === 0 ? null : total(rows) / rows.length)],
      heaviest_5h: [5n * hour, (rows) => (rows.length === 0 ? null : Math.max(...weights(rows)))],
    }),
    all: windows('all', 2n * hour, {
      weight_4h: [4n * hour, (rows) => (rows.length === 0 ? null : BigInt(total(rows)))],
    }),
  }
}

const newestOf = (table: Table, group: GroupDefinition) => {
  const keys = group.features.filter(({ primary }) => primary).map(({ name }) => name)
  const newest = new Map<string, Values>()
  for (const row of table.values()) {
    const key = keys.map((name) => row[name]).join('|')
    const other = newest.get(key)?.[group.eventTime]
    if (other === undefined || Number(row[group.eventTime]) > Number(other)) newest.set(key, row)
  }
  return newest
}

const parcel = fc.record({
  id: fc.integer({ min: 1, max: 5 }),
  place: fc.constantFrom('LHR', 'ORY'),
  quarter: fc.integer({ min: 0, max: 300 }),
  late: fc.integer({ min: 0, max: 900 }),
  weight: fc.integer({ min: -5, max: 20 }),
})
const runs = fc.array(fc.array(parcel, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 })

describe('publish', () => {
  test.each([[true], [false]])(
    'ends in the same tables in any interleaving of runs (key names the event time: %s)',
    async (dated) => {
      const pipeline = pipelineOf(dated)
      const groups = featureGroupRequests(pipeline)
      await fc.assert(
        fc.asyncProperty(runs, fc.scheduler(), async (runs, scheduler) => {
          const pause = () => scheduler.schedule(Promise.resolve())
          const log = memoryLog(pause)
          const stores = memoryStores(pause)
          const all = Promise.all(runs.map((run, index) => ingest(pipeline, log, stores.sink, index, run)))
          const outcomes = await scheduler.waitFor(all)

          const tables = expected(pipeline, runs)
          if (dated) expect(stores.offline(groups.spine.name)).toEqual(tables.spine)
          for (const name of ['depot', 'all'] as const) {
            const group = groups.windows[name] as GroupDefinition
            const offline = stores.offline(group.name)
            expect(offline).toEqual(tables[name])
            expect(stores.online(group.name)).toEqual(newestOf(offline, group))
          }
          for (const { counts } of outcomes) {
            expect(counts.read).toBe(counts.written + counts.superseded + counts.quarantined)
          }
          const watermarks = [...stores.online(groups.watermarks.name).values()]
          for (const { of, watermark } of watermarks) {
            const window = pipeline.windows.find(({ name }) => name === of)
            const clock = window && clockOf(window)
            const clocks = runs
              .flatMap((run, index) => logRows(pipeline, index, run))
              .map(({ values }) => clock?.(values) ?? 0n)
            expect(watermark).toBe(clocks.reduce((a, b) => (a > b ? a : b)))
          }
          expect(watermarks).toHaveLength(2)
        }),
        { numRuns: 200 },
      )
    },
  )

  test('a repeated publish writes the same again and counts the same', async () => {
    const pipeline = pipelineOf(true)
    const log = memoryLog(() => Promise.resolve())
    const stores = memoryStores(() => Promise.resolve())
    const run = [
      { id: 1, place: 'LHR', quarter: 0, late: 5, weight: 1 },
      { id: 1, place: 'LHR', quarter: 0, late: 5, weight: 2 },
    ]
    const first = await ingest(pipeline, log, stores.sink, 0, run)
    expect(first).toMatchObject({ counts: { read: 3, written: 1, superseded: 1, quarantined: 1 }, rounds: 1 })
    expect(first.watermark).toBe('2026-01-05T00:05:00.000Z')
    expect(await ingest(pipeline, log, stores.sink, 0, run)).toEqual(first)
  })

  test('a run without an accepted row writes nothing', async () => {
    const stores = memoryStores(() => Promise.resolve())
    const outcome = await ingest(
      pipelineOf(true),
      memoryLog(() => Promise.resolve()),
      stores.sink,
      0,
      [],
    )
    expect(outcome).toMatchObject({ counts: { read: 1, written: 0, quarantined: 1 }, watermark: null, ingestions: [] })
  })

  describe('of rows that a group cannot hold', () => {
    const run = [
      { id: 1, place: 'LHR', quarter: 0, late: 5, weight: 1 },
      { id: 2, place: 'ORY', quarter: 40, late: 5, weight: 2 },
    ]
    /** Refuses rows by their place in each write. */
    const refusing = (refusedOf: (group: string) => readonly number[], code: string): Sink => ({
      write: async ({ name }, rows, { refuse }) => {
        const all = [...rows]
        for (const index of refusedOf(name)) refuse?.({ index, error: new HopsworksBadRow('does not fit', { code }) })
        return { rows: all.length - refusedOf(name).length, ingestion: null }
      },
      reset: () => undefined,
    })
    const go = (sink: Sink, data: Bucket = new Map()) =>
      ingest(
        pipelineOf(true),
        memoryLog(() => Promise.resolve()),
        sink,
        0,
        run,
        data,
      )

    test('leaves reason and original in the quarantine, and counts them', async () => {
      const data: Bucket = new Map()
      const refused = (group: string) => (group === 'post_parcels' ? [1] : group === 'post_depot' ? [0, 2] : [])
      const outcome = await go(refusing(refused, 'TOO_LARGE'), data)
      expect(outcome.counts).toEqual({ read: 3, written: 1, superseded: 0, quarantined: 2 })
      expect(outcome.refused).toEqual({ post_parcels: 1, post_depot: 2 })
      expect([...data.keys()]).toEqual(['quarantine/post/parcels/post-0/publish.jsonl'])
      const lines = Buffer.from([...data.values()][0] ?? [])
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(lines).toMatchObject([
        { row: 1, group: 'post_parcels', reason: 'too-large', original: { id: 2, place: 'ORY' } },
        { row: null, group: 'post_depot', reason: 'too-large', detail: 'does not fit', original: { place: 'LHR' } },
        { row: null, group: 'post_depot', original: { place: 'LHR' } },
      ])
    })

    test('fails where not the row but the definition is wrong', async () => {
      await expect(go(refusing(() => [0], 'SCHEMA'))).rejects.toMatchObject({ code: 'SCHEMA' })
    })
  })

  describe('that is tried again', () => {
    const entry = { featureGroupId: 7, partitions: [{ messages: 3, digest: 9 }], refused: [2], ingestion: null }
    const listed = (...runIds: string[]): LogObject[] =>
      runIds.map((runId) => ({ key: runId, runId, date: '2026-01-05', clockFrom: 0, clockTo: 0, chunk: 0 }))

    test('finds what was acknowledged, as long as the log is the same', async () => {
      const data: Bucket = new Map()
      let nowMs = 0
      const open = async () => openLedgers(memoryObjects(data), eventOf(0), () => nowMs)
      const first = await open()
      first.see(listed('a'))
      await first.of('parcels').save(entry)
      expect(data.size).toBe(0)
      nowMs += 1_000
      await first.of('parcels').save(entry)
      expect([...data.keys()]).toEqual(['ledger/post/parcels/post-0.json'])

      const second = await open()
      second.see(listed('a'))
      expect(await second.of('parcels').read()).toEqual(entry)
      expect(await second.of('depot').read()).toBeNull()
      second.see(listed('a', 'b'))
      expect(await second.of('parcels').read()).toBeNull()
      await second.forget()
      expect(data.size).toBe(0)
    })

    test('sends everything where other code made the rows of the try before', async () => {
      const ledgers: boolean[] = []
      const sink: Sink = {
        write: async (_, rows, { ledger }) => {
          ledgers.push(ledger !== undefined)
          if (ledger) throw new HopsworksMismatch('other rows', { code: 'LEDGER' })
          return { rows: [...rows].length, ingestion: null }
        },
        reset: () => undefined,
      }
      const writes = groupWrites(sink, await openLedgers(memoryObjects(new Map()), eventOf(0)))
      const { spine } = featureGroupRequests(pipelineOf(true))
      expect(await writes.write(spine, () => [{ id: 1 }, { id: 2 }])).toEqual([])
      expect(ledgers).toEqual([true, false])
      expect(writes.rows).toEqual(new Map([['post_parcels', 2]]))
    })
  })
})
