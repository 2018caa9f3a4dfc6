import type { FeatureGroup } from '@hopline/pipeline'
import type { LogObject } from '@hopline/workflow'
import type { Log } from '../log/log.ts'
import type { LogRow } from '../log/row.ts'

/** Rows of some log objects. */
export type RowsOf = (objects: readonly LogObject[]) => Promise<LogRow[]>

/** Reads each object once, however often its rows are asked for. */
export const readOnce = (log: Log): RowsOf => {
  const read = new Map<string, LogRow[]>()
  return async (objects) => {
    const missing = objects.filter(({ key }) => !read.has(key))
    const rows = await log.read(missing)
    for (const [index, { key }] of missing.entries()) read.set(key, rows[index] ?? [])
    return objects.flatMap(({ key }) => read.get(key) ?? [])
  }
}

/** The log as one listing showed it. */
export interface LogView {
  objects: readonly LogObject[]
  rowsOf: RowsOf
  /** Every version of every row that lies in `some` objects, and other rows. */
  versionsOf(some: readonly LogObject[]): Promise<LogRow[]>
}

/** A view of the log of a group. Where the key holds the event time, the versions of a row are of one date. */
export const logView = (
  { key, features, eventTime }: FeatureGroup,
  objects: readonly LogObject[],
  rowsOf: RowsOf,
): LogView => {
  const { node } = eventTime
  const oneDate = key.some((name) => (node.op === 'column' ? node.name === name : features[name]?.node === node))
  return {
    objects,
    rowsOf,
    versionsOf: (some) => {
      if (!oneDate) return rowsOf(objects)
      const dates = new Set(some.map(({ date }) => date))
      return rowsOf(objects.filter(({ date }) => dates.has(date)))
    },
  }
}
