import { mkdir } from 'node:fs/promises'
import { storedType } from '../columns/column-type.ts'
import type { TrainingDataset } from '../metadata/training-dataset.ts'
import { partFiles } from './part-files.ts'
import type { Sink } from './sink.ts'
import type { TrainingQuery } from './training-splits.ts'
import { splitTable, trainingSplits } from './training-splits.ts'

export interface TrainingData extends TrainingQuery {
  readonly sink: Sink
  /** Where part files lie until they are sent. */
  readonly folder: string
}

/** The key under which a dataset lies in its sink. */
export const sinkKey = ({ location }: TrainingDataset): string => location.replace(/^\w+:\/\/[^/]*\//, '')

/** Writes each split over what lies in the sink, `_SUCCESS` last. */
export const writeTrainingData = async (work: TrainingData): Promise<void> => {
  const { store, view, dataset, sink, folder, say } = work
  const nested = view.features.find(({ type }) => storedType(type).nested)
  if (nested && dataset.dataFormat !== 'parquet')
    throw new Error(`${dataset.dataFormat} does not hold ${nested.type}, of ${nested.name}`) // nor does Spark's
  await mkdir(folder, { recursive: true })
  for await (const { name, rows } of trainingSplits(work)) {
    const place = `${sinkKey(dataset)}/${name}`
    await sink.clear(`${place}/`)
    const { dataFormat: format, coalesce } = dataset
    const seed = `${dataset.id}/${name}`
    for await (const part of partFiles({ store, table: splitTable, rows, format, coalesce, seed, folder }))
      await sink.put(`${place}/${part.name}`, part.bytes)
    await sink.put(`${place}/_SUCCESS`, Buffer.alloc(0))
    say(`${rows} rows in ${dataset.location}/${name}`)
  }
}
