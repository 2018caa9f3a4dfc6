/** How far a write is: what a repeated run need not send again. */
export interface LedgerEntry {
  /** The group that was written to; one that is made anew has another id, and an entry about it is none. */
  readonly featureGroupId: number
  /** By partition: messages that Kafka has acknowledged, and the CRC32 of them all in their order. */
  readonly partitions: readonly { readonly messages: number; readonly digest: number }[]
  /** Places of rows that the broker found too large: they count as acknowledged, and are refused again. */
  readonly refused: readonly number[]
  /** Under which id the online store counts the rows of this write. */
  readonly ingestion: { readonly id: number; readonly rows: number } | null
}

/**
 * Where one write's progress is kept, by a name that follows from the write. With it a run that is repeated after a
 * crash, with the same rows in the same order, sends what was not acknowledged when the entry was last saved.
 */
export interface Ledger {
  /** The entry, or null before the first save. */
  read(): Promise<LedgerEntry | null>
  /** Called while batches are acknowledged, never twice at once; the last call has the last word. */
  save(entry: LedgerEntry): Promise<void>
}
