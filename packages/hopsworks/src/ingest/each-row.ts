import type { Values } from '../value.ts'

/** Rows one by one, or in batches as they come: a batch saves a turn of the event loop for each of its rows. */
export type Rows = Iterable<Values> | AsyncIterable<Values | readonly Values[]>

/** Calls `take` with each row and its place, and waits wherever it asks to. */
export async function eachRow(rows: Rows, take: (row: Values, index: number) => Promise<void> | undefined) {
  let index = 0
  const takeAll = async (batch: Iterable<Values>) => {
    for (const row of batch) {
      const wait = take(row, index++)
      if (wait) await wait
    }
  }
  if (!(Symbol.asyncIterator in rows)) return takeAll(rows)
  for await (const given of rows) {
    if (isBatch(given)) {
      await takeAll(given)
      continue
    }
    const wait = take(given, index++)
    if (wait) await wait
  }
}

const isBatch = (given: Values | readonly Values[]): given is readonly Values[] => Array.isArray(given)
