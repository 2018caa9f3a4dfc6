import type { Platform } from '../../../core/platform.ts'
import type { Table } from '../../../core/store.ts'

/** How far a mapping has read a shard. */
export interface Checkpoint {
  /** The last record that needs no more attention; none yet when it is absent. */
  readonly sequence?: string
  /** The shard is closed and read to its end. */
  readonly done?: true
}

const table = ({ store }: Platform): Table<Checkpoint> => store.table('lambda.checkpoints')
const key = (mapping: string, shard: string) => `${mapping}/${shard}`

export const checkpointOf = (platform: Platform, mapping: string, shard: string): Checkpoint =>
  table(platform).get(key(mapping, shard)) ?? {}

export const keepCheckpoint = (platform: Platform, mapping: string, shard: string, checkpoint: Checkpoint): void =>
  table(platform).put(key(mapping, shard), checkpoint)

export const hasCheckpoints = (platform: Platform, mapping: string): boolean =>
  table(platform).list({ prefix: key(mapping, ''), limit: 1 }).length > 0

export const forgetCheckpoints = (platform: Platform, mapping: string): void => {
  for (const found of table(platform).list({ prefix: key(mapping, '') })) table(platform).delete(found.key)
}
