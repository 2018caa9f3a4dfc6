import { decimalToDouble } from '../expression/decimal.ts'
import { decimalOrNull, longOrNull } from '../expression/numbers.ts'
import type { Value } from '../value.ts'
import type { WindowFeature } from './aggregates.ts'
import type { ExactSum } from './exact-sum.ts'
import { minus, plus } from './exact-sum.ts'
import type { Measure, Partial } from './measures.ts'

/** Rows of one key in one tile. */
export interface Tile {
  readonly at: number
  rows: number
  readonly partials: readonly Partial[]
}

/** Totals of the tiles before each: a window's sum is the difference of two of them, exactly, since they are integers. */
export class Running {
  readonly #tiles: readonly Tile[]
  readonly #rows: number[] = [0]
  readonly #counts: number[][]
  readonly #sums: ExactSum[][]
  readonly #scales: readonly number[]

  constructor(tiles: readonly Tile[], measures: readonly Measure[]) {
    this.#tiles = tiles
    this.#counts = measures.map(() => [0])
    this.#sums = measures.map(() => [0])
    this.#scales = measures.map(({ scale }) => scale)
    for (const [before, tile] of tiles.entries()) {
      this.#rows.push((this.#rows[before] ?? 0) + tile.rows)
      for (const [m, { count, sum }] of tile.partials.entries()) {
        this.#counts[m]?.push((this.#counts[m][before] ?? 0) + count)
        this.#sums[m]?.push(plus(this.#sums[m][before] ?? 0, sum))
      }
    }
  }

  /** An aggregate over the tiles from position `first` to below `end`; `measure` is −1 for count. */
  over({ aggregate, type }: WindowFeature, measure: number, first: number, end: number): Value {
    if (aggregate === 'count') return (this.#rows[end] ?? 0) - (this.#rows[first] ?? 0)
    const count = (this.#counts[measure]?.[end] ?? 0) - (this.#counts[measure]?.[first] ?? 0)
    if (count === 0) return null
    if (aggregate === 'min' || aggregate === 'max') return this.#extreme(aggregate, measure, first, end)
    const sum = minus(this.#sums[measure]?.[end] ?? 0, this.#sums[measure]?.[first] ?? 0)
    const scale = this.#scales[measure] ?? 0
    if (aggregate === 'sum') return (type === 'decimal' ? decimalOrNull : longOrNull)(BigInt(sum))
    return (scale === 0 ? Number(sum) : decimalToDouble(BigInt(sum), scale)) / count
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
