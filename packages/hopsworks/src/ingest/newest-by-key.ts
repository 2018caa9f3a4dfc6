import type { Values } from './values.ts'

/** The newest row of each key by event time; of equal ones the last. */
export class NewestByKey {
  readonly #eventTime: string | null
  readonly #rows = new Map<string, Values>()

  constructor(eventTime: string | null) {
    this.#eventTime = eventTime
  }

  get size(): number {
    return this.#rows.size
  }

  /** Takes a row; returns the one that it shows to be older, itself or the one that was newest until now. */
  add(key: string, row: Values): Values | undefined {
    const known = this.#rows.get(key)
    if (known !== undefined && this.#timeOf(row) < this.#timeOf(known)) return row
    this.#rows.set(key, row)
    return known
  }

  entries(): Iterable<[key: string, row: Values]> {
    return this.#rows
  }

  #timeOf(row: Values): bigint | number {
    const time = this.#eventTime === null ? null : row[this.#eventTime]
    return typeof time === 'bigint' || typeof time === 'number' ? time : -Infinity
  }
}
