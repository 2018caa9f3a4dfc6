import type { Values } from '../value.ts'

export type Rows = Iterable<Values> | AsyncIterable<Values>

/** Calls `take` with each row and its place, and waits wherever it asks to. */
export async function eachRow(rows: Rows, take: (row: Values, index: number) => Promise<void> | undefined) {
  let index = 0
  if (Symbol.asyncIterator in rows) {
    for await (const row of rows) {
      const wait = take(row, index++)
      if (wait) await wait
    }
    return
  }
  for (const row of rows) {
    const wait = take(row, index++)
    if (wait) await wait
  }
}
