import type { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'

export type IngestionStatus = 'UPSERTED' | 'DELETED' | 'IGNORED' | 'FAILED'

/** A row that the online store could not take. */
export interface OnlineFailure {
  readonly ingestion: number
  readonly featureGroup: number
  readonly type: 'METADATA' | 'DESERIALIZATION' | 'USER_DATA'
  readonly reason: string
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

const failureSchema = z.object({
  ingestion: z.int(),
  featureGroup: z.int(),
  type: z.enum(['METADATA', 'DESERIALIZATION', 'USER_DATA']),
  reason: z.string(),
  topic: z.string(),
  partition: z.int(),
  offset: z.int(),
})

/** Of one write; the others are counted only. */
const mostFailuresKept = 10_000

const row = z.object({ id: z.int(), entries: z.int().nullable() })
const count = z.object({ status: z.string(), rows: z.int() })

/** Counts what the online store did with the rows of one write. */
export class OnlineIngestions {
  readonly #store: DatabaseSync
  readonly #failuresKept = new Map<number, number>()

  constructor(store: DatabaseSync) {
    this.#store = store
  }

  start(featureGroup: number, entries: number | null) {
    const insert = this.#store.prepare('INSERT INTO online_ingestions (feature_group, entries) VALUES (?, ?)')
    return this.#view(Number(insert.run(featureGroup, entries).lastInsertRowid), entries)
  }

  get(featureGroup: number, id: number) {
    return this.#find('feature_group = ? AND id = ?', featureGroup, id)
  }

  latest(featureGroup: number) {
    return this.#find('feature_group = ? ORDER BY id DESC LIMIT 1', featureGroup)
  }

  add(id: number, status: IngestionStatus, rows: number): void {
    this.#store
      .prepare(
        `INSERT INTO online_ingestion_rows VALUES (?, ?, ?)
         ON CONFLICT (ingestion, status) DO UPDATE SET rows = rows + excluded.rows`,
      )
      .run(id, status, rows)
  }

  fail({ ingestion, featureGroup, type, reason, topic, partition, offset }: OnlineFailure): void {
    const kept = this.#failuresKept.get(ingestion) ?? 0
    if (kept === mostFailuresKept) return
    this.#failuresKept.set(ingestion, kept + 1)
    this.#store
      .prepare('INSERT OR REPLACE INTO online_failures VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(ingestion, featureGroup, type, reason, topic, partition, offset)
  }

  /** The failures of one write, from the one at `from` on, and how many there are. */
  failures(featureGroup: number, ingestion: number, from: number, size: number) {
    const condition = 'FROM online_failures WHERE featureGroup = ? AND ingestion = ?'
    const total = this.#store.prepare(`SELECT count(*) AS rows ${condition}`).get(featureGroup, ingestion)?.['rows']
    const found = this.#store
      .prepare(`SELECT * ${condition} ORDER BY partition, "offset" LIMIT ? OFFSET ?`)
      .all(featureGroup, ingestion, size, from)
    return { total: Number(total), failures: found.map((one) => failureSchema.parse(one)) }
  }

  #find(condition: string, ...values: number[]) {
    const found = this.#store.prepare(`SELECT id, entries FROM online_ingestions WHERE ${condition}`).get(...values)
    if (!found) return undefined
    const { id, entries } = row.parse(found)
    return this.#view(id, entries)
  }

  #view(id: number, numEntries: number | null) {
    const counts = this.#store.prepare('SELECT status, rows FROM online_ingestion_rows WHERE ingestion = ?').all(id)
    const results = counts.map((found) => ({ onlineIngestionId: id, ...count.parse(found) }))
    return { id, numEntries, results }
  }
}
