import { mkdir } from 'node:fs/promises'
import * as z from 'zod'
import { storedType } from '../columns/column-type.ts'
import type { FeatureView } from '../metadata/feature-view.ts'
import type { Metadata } from '../metadata/metadata.ts'
import type { TrainingDataset } from '../metadata/training-dataset.ts'
import { groupsOf } from '../metadata/view-groups.ts'
import { openBucket } from './bucket.ts'
import type { OfflineStore } from './offline-store.ts'
import { ensureTable } from './offline-table.ts'
import { partFiles } from './part-files.ts'
import { pointInTimeQuery, spineClock } from './point-in-time.ts'
import { splitsOf } from './splits.ts'

const counted = z.object({ rows: z.bigint() })

export interface TrainingData {
  readonly store: OfflineStore
  readonly metadata: Metadata
  readonly view: FeatureView
  readonly dataset: TrainingDataset
  readonly writeOptions: { readonly primaryKeys: boolean; readonly eventTime: boolean }
  readonly region: string
  /** Where part files lie until they are sent. */
  readonly folder: string
  readonly say: (line: string) => void
}

/** The key under which a split lies in the connector's bucket. */
const keyOf = ({ location }: TrainingDataset, split: string) => `${location.replace(/^s3:\/\/[^/]+\//, '')}/${split}`

/** Joins the view point in time and writes each split over what lies in the connector's bucket, `_SUCCESS` last. */
export const writeTrainingData = async (work: TrainingData): Promise<void> => {
  const { store, metadata, view, dataset, writeOptions, region, folder, say } = work
  const connector = dataset.connectorId === null ? undefined : metadata.connectors.get(dataset.connectorId)
  if (!connector) throw new Error(`training dataset ${dataset.name} has no storage connector`)
  const groups = groupsOf(metadata, view)
  for (const group of groups) await ensureTable(store, group)
  const query = pointInTimeQuery(view, groups, { label: true, trainingHelpers: true, ...writeOptions })
  const nested = view.features.find(({ type }) => storedType(type).nested)
  if (nested && dataset.dataFormat !== 'parquet')
    throw new Error(`${dataset.dataFormat} does not hold ${nested.type}, of ${nested.name}`) // nor does Spark's
  say(query)
  await mkdir(folder, { recursive: true })
  const bucket = await openBucket(connector, region)
  try {
    await store.run(`CREATE OR REPLACE TEMP TABLE training AS ${query}`)
    for (const { name, condition } of splitsOf(dataset)) {
      await store.run(
        `CREATE OR REPLACE TEMP TABLE split AS SELECT * EXCLUDE (${spineClock}) FROM training WHERE ${condition} ORDER BY rowid`,
      )
      await bucket.clear(`${keyOf(dataset, name)}/`)
      const rows = Number(counted.parse((await store.rows('SELECT count(*) AS rows FROM split'))[0]).rows)
      const { dataFormat: format, coalesce } = dataset
      const seed = `${dataset.id}/${name}`
      for await (const part of partFiles({ store, table: 'split', rows, format, coalesce, seed, folder }))
        await bucket.put(`${keyOf(dataset, name)}/${part.name}`, part.bytes)
      await bucket.put(`${keyOf(dataset, name)}/_SUCCESS`, Buffer.alloc(0))
      say(`${rows} rows in ${dataset.location}/${name}`)
    }
  } finally {
    bucket.close()
    await store.run('DROP TABLE IF EXISTS training; DROP TABLE IF EXISTS split')
  }
}
