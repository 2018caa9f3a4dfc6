import { fitsLong } from '../expression/fit.ts'
import type { Value } from '../value.ts'
import type { Aggregate } from './aggregates.ts'
import type { Measure, Partial } from './measures.ts'

/** Rows of one key in one tile. */
export interface Tile {
  readonly at: number
  rows: number
  readonly partials: readonly Partial[]
}

/** Thrown when a sum of 32-bit integers leaves the integers that a double holds: it would no longer be exact. */
export class SumTooLarge extends RangeError {
  override readonly name = 'SumTooLarge'
}

const plus = (a: number | bigint, b: number | bigint) => {
  if (typeof a === 'bigint') return a + BigInt(b)
  const total = a + Number(b)
  if (!Number.isSafeInteger(total)) throw new SumTooLarge('a sum is beyond 2^53: make the column a long')
  return total
}

/** Totals of the tiles before each: a window's sum is the difference of two of them, exactly, since they are integers. */
export class Running {
  readonly #tiles: readonly Tile[]
  readonly #rows: number[] = [0]
  readonly #counts: number[][]
  readonly #sums: (number | bigint)[][]

  constructor(tiles: readonly Tile[], measures: readonly Measure[]) {
    this.#tiles = tiles
    this.#counts = measures.map(() => [0])
    this.#sums = measures.map(({ zero }) => [zero])
    for (const [before, tile] of tiles.entries()) {
      this.#rows.push((this.#rows[before] ?? 0) + tile.rows)
      for (const [m, { count, sum }] of tile.partials.entries()) {
        this.#counts[m]?.push((this.#counts[m][before] ?? 0) + count)
        this.#sums[m]?.push(plus(this.#sums[m][before] ?? 0, sum))
      }
    }
  }

  /** An aggregate over the tiles from position `first` to below `end`; `measure` is −1 for count. */
  over(aggregate: Aggregate, measure: number, first: number, end: number): Value {
    if (aggregate === 'count') return (this.#rows[end] ?? 0) - (this.#rows[first] ?? 0)
    const count = (this.#counts[measure]?.[end] ?? 0) - (this.#counts[measure]?.[first] ?? 0)
    if (count === 0) return null
    if (aggregate === 'min' || aggregate === 'max') return this.#extreme(aggregate, measure, first, end)
    const [before = 0, after = 0] = [this.#sums[measure]?.[first], this.#sums[measure]?.[end]]
    const sum = typeof after === 'bigint' ? after - BigInt(before) : after - Number(before)
    if (aggregate !== 'sum') return Number(sum) / count
    return fitsLong(BigInt(sum)) ? BigInt(sum) : null
  }

  #extreme(aggregate: 'min' | 'max', measure: number, first: number, end: number): Value {
    let best: Value = null
    for (let at = first; at < end; at += 1) {
      const value = this.#tiles[at]?.partials[measure]?.[aggregate] ?? null
      if (value !== null && (best === null || (aggregate === 'min' ? value < best : value > best))) best = value
    }
    return best
  }
}
