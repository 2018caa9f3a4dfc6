import { clockOf, keyOf, touched, windowTiles } from '@hopline/pipeline'
import type { Values, WindowGroup } from '@hopline/pipeline'
import type { LogObject } from '@hopline/workflow'
import type { LogRow } from '../log/row.ts'
import type { LogView } from './log-view.ts'
import { newestByKey } from './newest.ts'
import { watermarkOf } from './watermark.ts'
import type { Clock } from './watermark.ts'

/** Tile ends in microseconds, both included. */
export interface TileRange {
  from: bigint
  to: bigint
}

/** What has to be written of a window group. */
export interface WindowChanges {
  /** May be called again. */
  rows: () => Iterable<Values>
  range: TileRange
}

/** Smallest and largest clock of some rows; undefined if none has one. */
const clocksOf = (clock: Clock, rows: readonly LogRow[]) => {
  let range: { minClock: bigint; maxClock: bigint } | undefined
  for (const { values } of rows) {
    const at = clock(values)
    if (at === null) continue
    range ??= { minClock: at, maxClock: at }
    if (at < range.minClock) range.minClock = at
    if (at > range.maxClock) range.maxClock = at
  }
  return range
}

/**
 * The change rows of a window group that follow from some rows, given in all their versions: for the keys of these rows,
 * all tiles whose windows see them; for every key, what falls due because the data have come further, from the largest
 * clock before them on. With `within`, a range that has been written before, only the former and only inside it: what
 * these rows can have made wrong of it.
 */
export const windowChanges = async (
  group: WindowGroup,
  view: LogView,
  versions: readonly LogRow[],
  within?: TileRange,
): Promise<WindowChanges | undefined> => {
  const clock = clockOf(group)
  const clocks = clocksOf(clock, versions)
  const watermark = await watermarkOf(view, clock)
  if (clocks === undefined || watermark === null) return undefined

  const keys = keyOf(group)
  const changedKeys = new Set(versions.map(({ values }) => keys(values)))
  const previousWatermark = within === undefined ? await watermarkOf(view, clock, clocks.minClock) : null
  const range = clip(touched(group, { ...clocks, previousWatermark, watermark }), within)
  if (range.from > range.to) return { rows: () => [], range }
  const ofChanged = windowTiles(group, { ...range, watermark })
  const ofOthers = within === undefined ? windowTiles(group, { ...range, to: clocks.maxClock, watermark }) : undefined

  const rows = await view.versionsOf(overlapping(view.objects, range.readFrom, range.to))
  const rowKey = keyOf(group.of)
  const newest = newestByKey(rows, rowKey)
  for (const row of rows) {
    const tiles = changedKeys.has(keys(row.values)) ? ofChanged : ofOthers
    if (newest.get(rowKey(row.values)) === row) tiles?.add(row.values)
    else tiles?.touch(row.values)
  }
  return { rows: () => both(ofChanged.rows(), ofOthers?.rows()), range }
}

function* both(first: Iterable<Values>, second: Iterable<Values> = []) {
  yield* first
  yield* second
}

type Read = TileRange & { readFrom: bigint }

const clip = (range: Read, within: TileRange | undefined): Read => {
  if (within === undefined) return range
  const from = range.from > within.from ? range.from : within.from
  const to = range.to < within.to ? range.to : within.to
  return { from, to, readFrom: range.readFrom + (from - range.from) }
}

const minute = 60_000_000n
const overlapping = (objects: readonly LogObject[], from: bigint, to: bigint) =>
  objects.filter(({ clockFrom, clockTo }) => BigInt(clockFrom) * minute <= to && BigInt(clockTo + 1) * minute > from)
