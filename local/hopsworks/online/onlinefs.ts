import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as breathe } from 'node:timers/promises'
import * as z from 'zod'
import { rowReader } from '../columns/avro-row.ts'
import type { RowReader } from '../columns/avro-row.ts'
import { headerBytes, readHeader, recordsOf } from '../kafka/record-batch.ts'
import type { LogRecord } from '../kafka/records.ts'
import { readRecords } from '../kafka/records.ts'
import type { Topics } from '../kafka/topics.ts'
import { log } from '../log.ts'
import type { Metadata } from '../metadata/metadata.ts'
import type { IngestionStatus, OnlineFailure } from '../metadata/online-ingestions.ts'
import { transaction } from '../store.ts'
import type { OnlineWriter } from './online-table.ts'
import { onlineWriter } from './online-table.ts'

const rowsAtOnce = 1_000
const noHeaders: Readonly<Record<string, string>> = {}
const offset = z.object({ partition: z.int(), next: z.int() })

interface Target {
  readonly reader: RowReader
  readonly writer: OnlineWriter
}

/** Consumes the project's online topic: decodes each row and writes it into the online store. */
export class OnlineFs {
  readonly #store: DatabaseSync
  readonly #metadata: Metadata
  readonly #topics: Topics
  readonly #topic: string
  readonly #rowHeaders: boolean
  readonly #targets = new Map<string, Target>()
  /** Rows in a row mostly have the same. */
  #last: { readonly headers: LogRecord['headers']; readonly target: Target } | undefined
  #running: Promise<void> | undefined
  #stopped = false

  constructor(options: {
    store: DatabaseSync
    metadata: Metadata
    topics: Topics
    topic: string
    /** Whether a row's headers may say more of it than whose it is. */
    rowHeaders: boolean
  }) {
    this.#rowHeaders = options.rowHeaders
    this.#store = options.store
    this.#metadata = options.metadata
    this.#topics = options.topics
    this.#topic = options.topic
    this.#metadata.featureGroups.onChange(() => {
      this.#targets.clear()
      this.#last = undefined
    })
    this.#topics.onAppend((topic) => {
      if (topic === this.#topic) this.wake()
    })
  }

  /** Goes on consuming, unless it is at it already. */
  wake(): void {
    if (this.#stopped) return
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined
      if (this.#behind()) this.wake()
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  #offsets(): Map<number, number> {
    const rows = this.#store.prepare('SELECT partition, next FROM kafka_offsets WHERE topic = ?').all(this.#topic)
    return new Map(rows.map((row) => offset.parse(row)).map(({ partition, next }) => [partition, next]))
  }

  #behind(): boolean {
    const offsets = this.#offsets()
    return !this.#stopped && this.#topics.logs(this.#topic).some((log, index) => log.end > (offsets.get(index) ?? 0))
  }

  async #drain(): Promise<void> {
    await breathe()
    const offsets = this.#offsets()
    for (const [partition, partitionLog] of this.#topics.logs(this.#topic).entries()) {
      let next = offsets.get(partition) ?? 0
      for (let batch = partitionLog.batchAt(next); batch && !this.#stopped; batch = partitionLog.batchAt(next)) {
        for await (const end of this.#consume(partition, next, batch)) next = end
      }
    }
  }

  /** Consumes one batch in transactions of some rows, and lets others run in between. */
  async *#consume(partition: number, from: number, batch: Buffer): AsyncGenerator<number> {
    const { baseOffset, count } = readHeader(batch)
    const end = baseOffset + count
    let records: LogRecord[] = []
    try {
      records = [...readRecords(recordsOf(batch), baseOffset, count)].filter((record) => record.offset >= from)
    } catch (error) {
      log('error', 'onlinefs.undecodable-batch', {
        partition,
        baseOffset,
        count,
        bytes: batch.length - headerBytes,
        reason: String(error),
      })
    }
    for (let start = 0; start < Math.max(records.length, 1); start += rowsAtOnce) {
      const chunk = records.slice(start, start + rowsAtOnce)
      const last = chunk.at(-1)
      const next = start + rowsAtOnce >= records.length || !last ? end : last.offset + 1
      transaction(this.#store, () => this.#apply(partition, chunk, next))
      yield next
      await breathe()
    }
  }

  #apply(partition: number, records: readonly LogRecord[], next: number): void {
    const counts = new Map<string, Map<IngestionStatus, number>>()
    for (const record of records) {
      const status = this.#row(partition, record)
      const ingestion = record.headers['onlineIngestionId']
      if (ingestion === undefined) continue
      const counted = counts.get(ingestion) ?? new Map<IngestionStatus, number>()
      counted.set(status, (counted.get(status) ?? 0) + 1)
      counts.set(ingestion, counted)
    }
    for (const [ingestion, statuses] of counts)
      for (const [status, rows] of statuses)
        if (/^\d{1,15}$/.test(ingestion)) this.#metadata.onlineIngestions.add(Number(ingestion), status, rows)
    this.#store
      .prepare('INSERT INTO kafka_offsets VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next')
      .run(this.#topic, partition, next)
  }

  #row(partition: number, { offset, headers, value }: LogRecord): IngestionStatus {
    const { storage, operation, upsertIfNewer } = this.#rowHeaders ? headers : noHeaders
    if (storage === 'offline' || storage === '0') return 'IGNORED'
    let type: OnlineFailure['type'] = 'METADATA'
    try {
      const { reader, writer } = this.#target(headers)
      type = 'DESERIALIZATION'
      const row = reader.read(value ?? Buffer.alloc(0))
      type = 'USER_DATA'
      if (operation === 'delete') return writer.remove(row) ? 'DELETED' : 'IGNORED'
      return writer.upsert(row, upsertIfNewer === '1') ? 'UPSERTED' : 'IGNORED'
    } catch (error) {
      const { featureGroupId, onlineIngestionId } = headers
      const place = { topic: this.#topic, partition, offset }
      const reason = error instanceof Error ? error.message : String(error)
      log('warn', 'onlinefs.failed', { ...place, featureGroupId, onlineIngestionId, type, reason })
      const [featureGroup, ingestion] = [Number(featureGroupId), Number(onlineIngestionId)]
      if (Number.isSafeInteger(featureGroup) && Number.isSafeInteger(ingestion))
        this.#metadata.onlineIngestions.fail({ ...place, featureGroup, ingestion, type, reason })
      return 'FAILED'
    }
  }

  #target(headers: LogRecord['headers']): Target {
    if (this.#last?.headers !== headers) this.#last = { headers, target: this.#targetOf(headers) }
    return this.#last.target
  }

  #targetOf({ featureGroupId = '', subjectId = '' }: LogRecord['headers']): Target {
    const key = `${featureGroupId}:${subjectId}`
    const known = this.#targets.get(key)
    if (known) return known
    const group = this.#metadata.featureGroups.get(Number(featureGroupId))
    if (!group) throw new Error(`feature group ${featureGroupId} is not known`)
    if (!group.onlineEnabled) throw new Error(`feature group ${featureGroupId} is not online`)
    const subject = this.#metadata.subjects.get(Number(subjectId))
    if (!subject) throw new Error(`subject ${subjectId} is not known`)
    const reader = rowReader(subject.schema)
    const target = { reader, writer: onlineWriter(this.#store, group, reader.names) }
    this.#targets.set(key, target)
    return target
  }
}
