import type { LogRow } from '../log/row.ts'
import { isNewer } from '../log/row.ts'

/** Of the rows with the same key the newest, by key. */
export const newestByKey = (rows: Iterable<LogRow>, keyOf: (row: LogRow['values']) => string) => {
  const newest = new Map<string, LogRow>()
  for (const row of rows) {
    const key = keyOf(row.values)
    const other = newest.get(key)
    if (other === undefined || isNewer(row, other)) newest.set(key, row)
  }
  return newest
}
