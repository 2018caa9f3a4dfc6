import { decimalToDouble } from '../expression/decimal.ts'
import { decimalOrNull, longOrNull } from '../expression/numbers.ts'
import type { Value } from '../value.ts'
import type { WindowFeature } from './aggregates.ts'
import type { ExactSum } from './exact-sum.ts'
import { minus, plus } from './exact-sum.ts'
import type { Measure } from './measures.ts'
import type { Tiles } from './tiles.ts'

/** Slots by the time of their tiles. */
const inOrder = (at: readonly number[]): number[] => {
  const slots = Array.from(at, (_, slot) => slot)
  const sorted = at.every((tile, slot) => slot === 0 || (at[slot - 1] ?? tile) < tile)
  return sorted ? slots : slots.toSorted((a, b) => (at[a] ?? 0) - (at[b] ?? 0))
}

/** Totals of what comes before each position. */
const totals = <T extends ExactSum>(
  slots: readonly number[],
  values: readonly T[],
  zero: T,
  add: (a: T, b: T) => T,
) => {
  const sums = [zero]
  let total = zero
  for (const slot of slots) {
    total = add(total, values[slot] ?? zero)
    sums.push(total)
  }
  return sums
}
const counted = (slots: readonly number[], values: readonly number[]) => totals(slots, values, 0, (a, b) => a + b)

/** Totals of the tiles before each: a window's sum is the difference of two of them, exactly, since they are integers. */
export class Running {
  /** Numbers of the tiles, ascending. */
  readonly at: readonly number[]
  readonly #tiles: Tiles
  readonly #slots: readonly number[]
  readonly #rows: readonly number[]
  readonly #counts: readonly (readonly number[])[]
  readonly #sums: readonly (readonly ExactSum[])[]

  constructor(tiles: Tiles, measures: readonly Measure[]) {
    this.#tiles = tiles
    this.#slots = inOrder(tiles.at)
    this.at = this.#slots.map((slot) => tiles.at[slot] ?? 0)
    this.#rows = counted(this.#slots, tiles.rows)
    this.#counts = tiles.partials.map(({ counts }) => counted(this.#slots, counts))
    this.#sums = tiles.partials.map(({ sums }, m) => (measures[m]?.sums ? totals(this.#slots, sums, 0, plus) : []))
  }

  /** Rows from position `first` to below `end`. */
  rows(first: number, end: number): number {
    return (this.#rows[end] ?? 0) - (this.#rows[first] ?? 0)
  }

  /** How many values of a measure are not null. */
  count(m: number, first: number, end: number): number {
    const counts = this.#counts[m]
    return (counts?.[end] ?? 0) - (counts?.[first] ?? 0)
  }

  sum(m: number, first: number, end: number): ExactSum {
    const sums = this.#sums[m]
    return minus(sums?.[end] ?? 0, sums?.[first] ?? 0)
  }

  extreme(m: number, wanted: 'mins' | 'maxs', first: number, end: number): Value {
    const values = this.#tiles.partials[m]?.[wanted] ?? []
    let best: Value = null
    for (let position = first; position < end; position += 1) {
      const value = values[this.#slots[position] ?? 0] ?? null
      if (value !== null && (best === null || (wanted === 'mins' ? value < best : value > best))) best = value
    }
    return best
  }
}

/** An aggregate over the tiles from position `first` to below `end`. */
export type Over = (running: Running, first: number, end: number) => Value

/** How a feature is aggregated; `m` is the number of its measure, `scale` the digits after the point of a decimal. */
export const overOf = ({ aggregate, type }: WindowFeature, m: number, scale: number): Over => {
  const orNull =
    (of: Over): Over =>
    (running, first, end) =>
      running.count(m, first, end) === 0 ? null : of(running, first, end)
  switch (aggregate) {
    case 'count':
      return (running, first, end) => running.rows(first, end)
    case 'min':
      return (running, first, end) => running.extreme(m, 'mins', first, end)
    case 'max':
      return (running, first, end) => running.extreme(m, 'maxs', first, end)
    case 'sum': {
      const fitted = type === 'decimal' ? decimalOrNull : longOrNull
      return orNull((running, first, end) => fitted(BigInt(running.sum(m, first, end))))
    }
    default: {
      const double = scale === 0 ? Number : (sum: ExactSum) => decimalToDouble(BigInt(sum), scale)
      return orNull((running, first, end) => double(running.sum(m, first, end)) / running.count(m, first, end))
    }
  }
}
