import { openWriter } from '@hopline/hopsworks/ingest'
import type { GroupWriter, WriteOptions } from '@hopline/hopsworks/ingest'
import { startOnce } from '@hopline/lambda'
import type { GroupDefinition, Values } from '@hopline/pipeline'
import type { Ingestion } from '@hopline/workflow'
import type { Connection } from './connection.ts'

/** Writes rows to a feature group of Hopsworks, which is made if it is not there yet. */
export interface Sink {
  write(
    group: GroupDefinition,
    rows: Iterable<Values>,
    options: Pick<WriteOptions, 'ledger' | 'refuse'>,
  ): Promise<{ rows: number; ingestion: Ingestion | null }>
  /** Connects anew at the next write. */
  reset(): void
}

/** Groups and their writers are looked up once in a sandbox. */
export const hopsworksSink = (connection: Connection): Sink => {
  const writers = new Map<string, () => Promise<GroupWriter>>()
  const opener = (group: GroupDefinition) =>
    startOnce(async () => {
      const hopsworks = await connection.get()
      await hopsworks.featureGroups.getOrCreate(group)
      return openWriter(hopsworks, group.name, group.version)
    })
  return {
    write: async (group, rows, options) => {
      const open = writers.get(group.name) ?? opener(group)
      writers.set(group.name, open)
      return (await open()).write(rows, options)
    },
    reset: () => writers.clear(),
  }
}
