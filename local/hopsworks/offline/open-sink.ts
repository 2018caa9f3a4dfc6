import { join } from 'node:path'
import type { Metadata } from '../metadata/metadata.ts'
import type { TrainingDataset } from '../metadata/training-dataset.ts'
import { openBucket } from './bucket.ts'
import { hopsFsFolder } from './hopsfs-folder.ts'
import type { Sink } from './sink.ts'

/** The folder of the state that stands for the root of HopsFS. */
export const hopsFsRoot = (state: string): string => join(state, 'files')

/** Where a training dataset is written to: its connector's bucket, else HopsFS. */
export const openSink = async (
  dataset: TrainingDataset,
  { metadata, region, state }: { metadata: Metadata; region: string; state: string },
): Promise<Sink> => {
  if (dataset.connectorId === null) return hopsFsFolder(hopsFsRoot(state))
  const connector = metadata.connectors.get(dataset.connectorId)
  if (!connector) throw new Error(`the storage connector of training dataset ${dataset.name} is gone`)
  return openBucket(connector, region)
}
