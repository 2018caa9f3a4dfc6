import * as z from 'zod'
import type { FeatureView } from '../metadata/feature-view.ts'
import type { Metadata } from '../metadata/metadata.ts'
import type { TrainingDataset } from '../metadata/training-dataset.ts'
import { groupsOf } from '../metadata/view-groups.ts'
import type { OfflineStore } from './offline-store.ts'
import { ensureTable } from './offline-table.ts'
import { pointInTimeQuery, spineClock } from './point-in-time.ts'
import { splitsOf } from './splits.ts'

const counted = z.object({ rows: z.bigint() })

export interface TrainingQuery {
  readonly store: OfflineStore
  readonly metadata: Metadata
  readonly view: FeatureView
  readonly dataset: TrainingDataset
  readonly writeOptions: { readonly primaryKeys: boolean; readonly eventTime: boolean }
  readonly say: (line: string) => void
}

/** The temporary table that holds the split at hand. */
export const splitTable = 'split'

/** Joins the view point in time; the rows of each split lie in `splitTable` until the next is asked for. */
export async function* trainingSplits(query: TrainingQuery): AsyncGenerator<{ name: string; rows: number }, void> {
  const { store, metadata, view, dataset, writeOptions, say } = query
  const groups = groupsOf(metadata, view)
  for (const group of groups) await ensureTable(store, group)
  const sql = pointInTimeQuery(view, groups, { label: true, trainingHelpers: true, ...writeOptions })
  say(sql)
  try {
    await store.run(`CREATE OR REPLACE TEMP TABLE training AS ${sql}`)
    for (const { name, condition } of splitsOf(dataset)) {
      await store.run(
        `CREATE OR REPLACE TEMP TABLE ${splitTable} AS SELECT * EXCLUDE (${spineClock}) FROM training WHERE ${condition} ORDER BY rowid`,
      )
      const { rows } = counted.parse((await store.rows(`SELECT count(*) AS rows FROM ${splitTable}`))[0])
      yield { name, rows: Number(rows) }
    }
  } finally {
    await store.run(`DROP TABLE IF EXISTS training; DROP TABLE IF EXISTS ${splitTable}`)
  }
}
