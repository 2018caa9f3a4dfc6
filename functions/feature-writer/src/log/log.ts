import { committedKey, logKey, logPrefix, parseCommittedKey, parseLogKey } from '@hopline/workflow'
import type { LogObject } from '@hopline/workflow'
import { atMost } from '../at-most.ts'
import type { Objects } from '../objects.ts'
import { decodeLog, encodeLog } from './parquet.ts'
import type { LogColumn } from './parquet.ts'
import type { LogRow } from './row.ts'

const concurrency = 8

/** The accepted rows of one group, as Parquet in the data bucket: append only, one object for each event date of a chunk. */
export interface Log {
  append(object: Omit<LogObject, 'key'>, rows: readonly LogRow[]): Promise<void>
  /** From now on the run's rows count. */
  commit(runId: string): Promise<void>
  /** Objects of committed runs. What it returns only ever grows. */
  list(): Promise<LogObject[]>
  /** The rows of some objects, in their order. */
  read(objects: readonly LogObject[]): Promise<LogRow[][]>
}

export const s3Log = (objects: Objects, pipeline: string, group: string, columns: readonly LogColumn[]): Log => ({
  append: async (object, rows) => {
    const body = encodeLog(rows, columns)
    await objects.put(logKey(pipeline, group, object), body, 'application/vnd.apache.parquet')
  },
  commit: (runId) => objects.put(committedKey(pipeline, group, runId), '', 'text/plain'),
  list: async () => {
    const keys = await objects.list(logPrefix(pipeline, group)) // marks sort first: a marked run's objects are all there
    const committed = new Set(keys.map(parseCommittedKey))
    return keys.flatMap((key) => {
      const object = parseLogKey(key)
      return object !== undefined && committed.has(object.runId) ? [object] : []
    })
  },
  read: (wanted) => atMost(concurrency, wanted, async ({ key }) => decodeLog(await objects.get(key))),
})
