import type { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'

export type IngestionStatus = 'UPSERTED' | 'DELETED' | 'IGNORED' | 'FAILED'

const row = z.object({ id: z.int(), entries: z.int().nullable() })
const count = z.object({ status: z.string(), rows: z.int() })

/** Counts what the online store did with the rows of one write. */
export class OnlineIngestions {
  readonly #store: DatabaseSync

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
