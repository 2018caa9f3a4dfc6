import type { Json, JsonObject } from '../json.ts'
import type { Batch } from './map-runs.ts'

/** How ItemBatcher cuts items. */
export interface Batching {
  readonly mostItems: number | undefined
  readonly mostBytes: number | undefined
  readonly input: Json | undefined
}

const sizeOf = (value: Json) => Buffer.byteLength(JSON.stringify(value))

/** One batch an item; with ItemBatcher as many as fit: `{ BatchInput, Items }`. An item that is too large is alone. */
export const batchesOf = (items: readonly Json[], batching: Batching | undefined): Batch[] => {
  if (!batching) return items.map((input) => ({ input, items: 1 }))
  const { mostItems = Infinity, mostBytes = Infinity, input } = batching
  const shared: JsonObject = input === undefined ? {} : { BatchInput: input }
  const empty = sizeOf({ ...shared, Items: [] })
  const batches: Json[][] = []
  let bytes = 0
  for (const item of items) {
    const size = sizeOf(item) + 1
    const last = batches.at(-1)
    if (last && last.length < mostItems && bytes + size <= mostBytes) last.push(item)
    else {
      batches.push([item])
      bytes = empty
    }
    bytes += size
  }
  return batches.map((batch) => ({ input: { ...shared, Items: batch }, items: batch.length }))
}
