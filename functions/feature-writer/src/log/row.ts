import type { Values } from '@hopline/pipeline'

/** An accepted row as the log holds it: its columns and features, and where it stands among rows with the same key. */
export interface LogRow {
  /** The same for all rows of a run; see `orderOf`. */
  order: string
  /** Place in the object. */
  row: number
  values: Values
}

/** Whether `a` counts, and not `b`, where both have the same key. */
export const isNewer = (a: LogRow, b: LogRow) => (a.order === b.order ? a.row > b.row : a.order > b.order)
