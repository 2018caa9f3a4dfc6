import { durationMs } from '../duration.ts'
import { tileEnd } from '../hopsworks/groups.ts'
import { clockOf, keyOf } from '../rows/of-row.ts'
import type { Values } from '../value.ts'
import { gridOf } from './grid.ts'
import { KeyNumbers } from './key-numbers.ts'
import { measuresOf } from './measures.ts'
import { overOf, Running } from './running.ts'
import { Tiles } from './tiles.ts'
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
  readonly name: string
  /** A change row with nothing but its key. */
  readonly shape: Values
  readonly tiles: Tiles
}

/**
 * The windows of a group on its grid. At a tile end T a window covers the clocks from T − its length to below T. There
 * is a row for every T in the range, up to the watermark, at which a tile with rows enters or leaves a window of the
 * key. Its values follow from the rows alone, never from the range, if every row from {@link touched}'s `readFrom` on is
 * added. A row is written even if its values equal the previous one's: it may replace a row that fewer rows had given,
 * and only so does every order of arrival end in the same table.
 */
export const windowTiles = (group: WindowGroup, { from, to, watermark }: WindowRange): WindowTiles => {
  const { tileOf, numberOf, startOf } = gridOf(group.every)
  const { measures, measureOf } = measuresOf(group.features)
  const widthOf = Object.values(group.features).map(({ over }) => durationMs(over) / durationMs(group.every))
  /** A tile enters the windows when it ends, and leaves each when its width has passed. */
  const delays = [0, ...new Set(widthOf)]
  const features = Object.entries(group.features).map(([name, feature], f) => {
    const m = measureOf[f] ?? -1
    return { name, over: overOf(feature, m, measures[m]?.scale ?? 0), leaves: delays.lastIndexOf(widthOf[f] ?? 0) }
  })
  const first = Number(-tileOf(-from))
  const last = Number(tileOf(to < watermark ? to : watermark))
  const oldest = first - 1 - Math.max(...delays)
  const numbers = new KeyNumbers(group.by)
  const histories: History[] = []
  const [clock, key] = [clockOf(group), keyOf(group)]

  const opened = (row: Values): History => {
    const shape: Values = Object.fromEntries([...group.by, tileEnd].map((name) => [name, row[name] ?? null]))
    for (const { name } of features) shape[name] = null
    return { name: key(row), shape, tiles: new Tiles(measures) }
  }

  /** The tiles of a row's key, turned to that of its clock; undefined if no window of the range sees it. */
  const place = (row: Values): Tiles | undefined => {
    const time = clock(row)
    if (time === null) return undefined
    const at = numberOf(time)
    if (at < oldest || at >= last) return undefined
    const number = numbers.of(row)
    const history = histories[number] ?? opened(row)
    histories[number] = history
    return history.tiles.turnTo(at)
  }

  function* changesOf({ shape, tiles }: History): Generator<Values> {
    const running = new Running(tiles, measures)
    /** Of each delay, how many tiles it has passed for. */
    const passed = delays.map(() => 0)
    const dueBy = (d: number) => (running.at[passed[d] ?? 0] ?? Number.POSITIVE_INFINITY) + 1 + (delays[d] ?? 0)
    for (;;) {
      let due = dueBy(0)
      for (let d = 1; d < delays.length; d += 1) due = Math.min(due, dueBy(d))
      if (due > last) return
      for (let d = 0; d < delays.length; d += 1) if (dueBy(d) === due) passed[d] = (passed[d] ?? 0) + 1
      if (due < first) continue
      const row = { ...shape }
      row[tileEnd] = startOf(due)
      const end = passed[0] ?? 0
      for (const { name, over, leaves } of features) row[name] = over(running, passed[leaves] ?? 0, end)
      yield row
    }
  }

  return {
    add: (row) => place(row)?.add(row),
    touch: (row) => void place(row),
    *rows() {
      for (const history of histories.toSorted((a, b) => (a.name < b.name ? -1 : 1))) yield* changesOf(history)
    },
  }
}
