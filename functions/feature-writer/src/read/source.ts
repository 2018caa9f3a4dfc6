import type { Chunk } from '@hopline/workflow'

/** A raw row as the file holds it. `row` counts from 0 within the object. */
export type RawRow =
  | { row: number; values: Record<string, unknown> }
  | { row: number; broken: { reason: 'malformed'; detail: string; original: unknown } }

/** A raw object that can be cut into chunks and read chunk by chunk. */
export interface Source {
  /** Throws UnreadableObject, EmptyObject or WrongColumns. */
  plan(): Promise<Chunk[]>
  /** Rows in the object's order, in batches. Throws UnreadableObject, EmptyObject or WrongColumns. */
  rows(chunk: Chunk): AsyncIterable<RawRow[]>
}
