/** A row that waits to be the newest of its key, encoded. */
export interface HeldRow {
  readonly time: bigint | number
  readonly value: Buffer
  /** Where it stood among the rows that were given. */
  readonly place: number
}

/** The newest row of each key by event time; of equal ones the last. */
export class HeldRows {
  readonly #rows = new Map<string, HeldRow>()

  get size(): number {
    return this.#rows.size
  }

  /** Takes a row; returns the one that it shows to be older, itself or the one that was newest until now. */
  add(key: string, row: HeldRow): HeldRow | undefined {
    const known = this.#rows.get(key)
    if (known !== undefined && row.time < known.time) return row
    this.#rows.set(key, row)
    return known
  }

  get(key: string): HeldRow | undefined {
    return this.#rows.get(key)
  }

  entries(): Iterable<[key: string, row: HeldRow]> {
    return this.#rows
  }
}
