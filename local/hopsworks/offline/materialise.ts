import { setImmediate as breathe } from 'node:timers/promises'
import * as z from 'zod'
import { storedType } from '../columns/column-type.ts'
import { storedDefault } from '../columns/default-value.ts'
import type { Value } from '../columns/value.ts'
import type { RowReader } from '../columns/avro-row.ts'
import { rowReader } from '../columns/avro-row.ts'
import { readHeader, recordsOf } from '../kafka/record-batch.ts'
import type { LogRecord } from '../kafka/records.ts'
import { readRecords } from '../kafka/records.ts'
import type { Topics } from '../kafka/topics.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import type { Metadata } from '../metadata/metadata.ts'
import type { OfflineStore } from './offline-store.ts'
import { literal, quoted } from './offline-store.ts'
import { ensureTable, recordKey, tableOf } from './offline-table.ts'
import { Staging } from './staging.ts'

const counted = z.object({ rows: z.bigint() })
const checkpoint = z.object({ partition: z.int(), next: z.bigint() })

export interface Materialisation {
  readonly store: OfflineStore
  readonly topics: Topics
  readonly metadata: Metadata
  readonly group: FeatureGroup
  /** Whether headers say for which store a row is. */
  readonly rowHeaders: boolean
  /** The arguments of the execution; `-initialCheckPointString` counts where the group has no checkpoint yet. */
  readonly args: string
  readonly say: (line: string) => void
  /** Ends the reading of the topic. */
  readonly signal: AbortSignal
}

/** What became of the group's table. */
export interface Materialised {
  readonly rowsInserted: number
  readonly rowsUpdated: number
}

const initial = (args: string, topic: string): Map<number, number> => {
  const [, named, places = ''] = /-initialCheckPointString\s+([^,\s]+),(\S+)/.exec(args) ?? []
  if (named !== topic) return new Map()
  return new Map(
    places.split(',').map((place) => {
      const [partition = 0, next = 0] = place.split(':').map(Number)
      return [partition, next]
    }),
  )
}

const checkpoints = async ({ store, group, args }: Materialisation) => {
  const rows = await store.rows(
    `SELECT partition, next FROM checkpoints WHERE feature_group = ${group.id} AND topic = ${literal(group.onlineTopicName)}`,
  )
  if (rows.length === 0) return initial(args, group.onlineTopicName)
  return new Map(rows.map((row) => checkpoint.parse(row)).map(({ partition, next }) => [partition, Number(next)]))
}

/** Whether a record is a row of the group for the offline store. */
const isFor = (id: string, { headers }: LogRecord, rowHeaders: boolean) =>
  headers['featureGroupId'] === id &&
  !(rowHeaders && (headers['storage'] === 'online' || headers['operation'] === 'delete'))

const rowsOf = ({ metadata, group }: Materialisation) => {
  const readers = new Map<string, { reader: RowReader; order: { at: number; otherwise: Value }[] }>()
  return ({ headers, value }: LogRecord) => {
    const { subjectId = '' } = headers
    let known = readers.get(subjectId)
    if (!known) {
      const subject = metadata.subjects.get(Number(subjectId))
      if (!subject) throw new Error(`subject ${subjectId} is not known`)
      const reader = rowReader(subject.schema)
      const order = group.features.map(({ name, type, defaultValue }) => ({
        at: reader.names.indexOf(name),
        otherwise: storedDefault(storedType(type), defaultValue),
      }))
      known = { reader, order }
      readers.set(subjectId, known)
    }
    const row = known.reader.read(value ?? Buffer.alloc(0))
    return known.order.map(({ at, otherwise }) => (at < 0 ? otherwise : row[at]))
  }
}

/** Reads what the topic holds from the checkpoints on into `staging`; returns the new checkpoints. */
const stage = async (work: Materialisation, staging: Staging, starts: ReadonlyMap<number, number>) => {
  const { topics, group, rowHeaders, say, signal } = work
  const rowOf = rowsOf(work)
  const id = String(group.id)
  const ends = topics.logs(group.onlineTopicName).map((log) => log.end)
  let failed = 0
  for (const [partition, log] of topics.logs(group.onlineTopicName).entries()) {
    let next = starts.get(partition) ?? 0
    while (next < (ends[partition] ?? 0)) {
      signal.throwIfAborted()
      const batch = log.batchAt(next)
      if (!batch) break
      const { baseOffset, count } = readHeader(batch)
      try {
        for (const record of readRecords(recordsOf(batch), baseOffset, count)) {
          if (record.offset < next || !isFor(id, record, rowHeaders)) continue
          try {
            staging.add(rowOf(record))
          } catch (error) {
            failed++
            say(`row at ${partition}:${record.offset} is left out: ${String(error)}`)
          }
        }
      } catch (error) {
        say(`batch at ${partition}:${baseOffset} is left out: ${String(error)}`)
      }
      next = baseOffset + count
      await breathe()
    }
  }
  return { ends, failed }
}

const rowsIn = async (store: OfflineStore, table: string) =>
  Number(counted.parse((await store.rows(`SELECT count(*) AS rows FROM ${table}`))[0]).rows)

/** Brings the group's table up to the end of its topic: the last row of a record key wins. Rows and checkpoint are one transaction. */
export const materialise = async (work: Materialisation): Promise<Materialised> => {
  const { store, group, say } = work
  const starts = await checkpoints(work)
  await ensureTable(store, group)
  const staging = await Staging.open(store, group)
  try {
    const { ends, failed } = await stage(work, staging, starts)
    const key = recordKey(group)
    const table = tableOf(group)
    await staging.newest(key)
    const same = key.map((name) => `${table}.${quoted(name)} IS NOT DISTINCT FROM newest.${quoted(name)}`)
    const places = ends.map(
      (next, partition) => `(${group.id}, ${literal(group.onlineTopicName)}, ${partition}, ${next})`,
    )
    const before = await rowsIn(store, table)
    await store.transaction(async () => {
      await store.run(`DELETE FROM ${table} USING newest WHERE ${same.join(' AND ')}`)
      await store.run(`INSERT INTO ${table} SELECT * FROM newest`)
      await store.run(`INSERT OR REPLACE INTO checkpoints VALUES ${places.join(', ')}`)
    })
    const after = await rowsIn(store, table)
    say(`consumed ${staging.rows} rows, left out ${failed}; the table has ${after} rows`)
    const rowsInserted = after - before
    return { rowsInserted, rowsUpdated: (await rowsIn(store, 'newest')) - rowsInserted }
  } finally {
    await staging.drop()
  }
}
