import { durationMs } from '../duration.ts'
import { tileEnd } from '../hopsworks/groups.ts'
import { clockOf, keyOf } from '../rows/of-row.ts'
import type { Values } from '../value.ts'
import { gridOf } from './grid.ts'
import type { Measure } from './measures.ts'
import { measuresOf, take } from './measures.ts'
import type { Tile } from './running.ts'
import { Running } from './running.ts'
import type { WindowGroup } from './windowed.ts'

/** Microseconds; `from` and `to` are tile ends, both included. */
export interface WindowRange {
  readonly from: bigint
  readonly to: bigint
  /** Largest clock of all accepted rows: nothing is due after it. */
  readonly watermark: bigint
}

/** Collects rows in any order, and gives the change rows of their windows. */
export interface WindowTiles {
  /** Takes a row (its columns suffice). Each row is to be added once. */
  add(row: Values): void
  /**
   * Marks where a superseded version of a row lay, without counting it: what was written there is written anew, so that
   * no order of arrival leaves an old value behind.
   */
  touch(row: Values): void
  /** Keys, tile end and features, by key and then by time. */
  rows(): Iterable<Values>
}

interface History {
  readonly key: Values
  readonly tiles: Map<number, Tile>
}

const tileAt = ({ tiles }: History, at: number, measures: readonly Measure[]): Tile => {
  const known = tiles.get(at)
  if (known) return known
  const tile = { at, rows: 0, partials: measures.map(() => ({ count: 0, sum: 0, min: null, max: null })) }
  tiles.set(at, tile)
  return tile
}

/** The tiles (by number) at whose start a tile enters or leaves a window. */
const dueOf = (tiles: readonly Tile[], widths: readonly number[], first: number, last: number) => {
  const due = new Set<number>()
  for (const { at } of tiles) {
    for (const delay of [0, ...widths]) if (at + 1 + delay >= first && at + 1 + delay <= last) due.add(at + 1 + delay)
  }
  return [...due].toSorted((a, b) => a - b)
}

/**
 * The windows of a group on its grid. At a tile end T a window covers the clocks from T − its length to below T. There
 * is a row for every T in the range, up to the watermark, at which a tile with rows enters or leaves a window of the
 * key. Its values follow from the rows alone, never from the range, if every row from {@link touched}'s `readFrom` on is
 * added. A row is written even if its values equal the previous one's: it may replace a row that fewer rows had given,
 * and only so does every order of arrival end in the same table.
 */
export const windowTiles = (group: WindowGroup, { from, to, watermark }: WindowRange): WindowTiles => {
  const { micros, tileOf } = gridOf(group.every)
  const features = Object.entries(group.features)
  const { measures, measureOf } = measuresOf(group.features)
  const widthOf = features.map(([, { over }]) => durationMs(over) / durationMs(group.every))
  const widths = [...new Set(widthOf)]
  const windowOf = widthOf.map((width) => widths.indexOf(width))
  const first = Number(-tileOf(-from))
  const last = Number(tileOf(to < watermark ? to : watermark))
  const oldest = first - 1 - Math.max(0, ...widths)
  const histories = new Map<string, History>()
  const [clock, key] = [clockOf(group), keyOf(group)]

  const tileOfRow = (row: Values) => {
    const time = clock(row)
    if (time === null) return undefined
    const at = Number(tileOf(time))
    if (at < oldest || at >= last) return undefined
    const name = key(row)
    let history = histories.get(name)
    if (!history) {
      history = { key: Object.fromEntries(group.by.map((column) => [column, row[column] ?? null])), tiles: new Map() }
      histories.set(name, history)
    }
    return tileAt(history, at, measures)
  }

  function* changesOf({ key, tiles: unordered }: History): Generator<Values> {
    const tiles = [...unordered.values()].toSorted((a, b) => a.at - b.at)
    const running = new Running(tiles, measures)
    const starts = widths.map(() => 0)
    let end = 0
    for (const due of dueOf(tiles, widths, first, last)) {
      while (end < tiles.length && (tiles[end]?.at ?? due) < due) end += 1
      for (const [w, width] of widths.entries()) {
        let start = starts[w] ?? 0
        while (start < end && (tiles[start]?.at ?? due) < due - width) start += 1
        starts[w] = start
      }
      const row: Values = { ...key, [tileEnd]: BigInt(due) * micros }
      for (const [f, [name, feature]] of features.entries()) {
        row[name] = running.over(feature, measureOf[f] ?? -1, starts[windowOf[f] ?? 0] ?? 0, end)
      }
      yield row
    }
  }

  return {
    add(row) {
      const tile = tileOfRow(row)
      if (!tile) return
      tile.rows += 1
      for (const [m, measure] of measures.entries()) {
        const value = measure.value(row)
        const partial = tile.partials[m]
        if (value !== null && partial) take(partial, measure, value)
      }
    },
    touch: (row) => void tileOfRow(row),
    *rows() {
      for (const [, history] of [...histories].toSorted(([a], [b]) => (a < b ? -1 : 1))) yield* changesOf(history)
    },
  }
}
