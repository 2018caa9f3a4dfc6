import { clockOf, keyOf, touched, windowTiles } from '@hopline/pipeline'
import type { Values, WindowGroup } from '@hopline/pipeline'
import type { LogObject } from '@hopline/workflow'
import type { LogRow } from '../log/row.ts'
import type { LogView } from './log-view.ts'
import { newestByKey } from './newest.ts'
import { latestBefore, watermarkOf } from './watermark.ts'

/** Tile ends in microseconds, both included. */
export interface TileRange {
  from: bigint
  to: bigint
}

/** What has to be written of a window group because of some rows. */
export interface WindowChanges {
  rows: Iterable<Values>
  range: TileRange
}

interface Changed {
  /** Objects that have come. */
  objects: readonly LogObject[]
  /** All versions of the rows in them. */
  versions: readonly LogRow[]
}

/** Smallest and largest clock of some rows; undefined if none has one. */
const clocksOf = (group: WindowGroup, rows: readonly LogRow[]) => {
  const clock = clockOf(group)
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
 * The change rows of a window group that follow from some objects, and its watermark. Two sets of tiles: for the keys of
 * the changed rows, all whose windows see them; for all other keys, what falls due because the data have come further.
 * With `within`, a range that has been written before, only the first set inside it: what the changed rows can have made
 * wrong of it.
 */
export const windowChanges = async (
  group: WindowGroup,
  view: LogView,
  changed: Changed,
  within?: TileRange,
): Promise<WindowChanges | undefined> => {
  const clocks = clocksOf(group, changed.versions)
  const watermark = await watermarkOf(view, clockOf(group))
  if (clocks === undefined || watermark === null) return undefined

  const keys = keyOf(group)
  const changedKeys = new Set(changed.versions.map(({ values }) => keys(values)))
  const seen = clip(touched(group, { ...clocks, previousWatermark: null, watermark }), within)
  const due = within === undefined ? dueRange(group, view, changed.objects, { ...clocks, watermark }) : undefined
  const readFrom = due !== undefined && due.readFrom < seen.readFrom ? due.readFrom : seen.readFrom
  const to = due !== undefined && due.to > seen.to ? due.to : seen.to

  const ofChanged = windowTiles(group, { ...seen, watermark })
  const ofOthers = due && windowTiles(group, { ...due, watermark })
  const rows = await view.versionsOf(overlapping(view.objects, readFrom, to))
  const newest = newestByKey(rows, keyOf(group.of))
  const rowKey = keyOf(group.of)
  for (const row of rows) {
    const tiles = changedKeys.has(keys(row.values)) ? ofChanged : ofOthers
    if (newest.get(rowKey(row.values)) === row) tiles?.add(row.values)
    else tiles?.touch(row.values)
  }
  const from = due !== undefined && due.from < seen.from ? due.from : seen.from
  return { rows: both(ofChanged.rows(), ofOthers?.rows()), range: { from, to } }
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

/** From where the other objects end to the largest clock that has come: expiries there are nobody else's. */
const dueRange = (
  group: WindowGroup,
  view: LogView,
  objects: readonly LogObject[],
  { minClock, maxClock, watermark }: { minClock: bigint; maxClock: bigint; watermark: bigint },
): Read => {
  const own = new Set(objects.map(({ key }) => key))
  const others = view.objects.filter(({ key }) => !own.has(key))
  const before = latestBefore(others, minClock) ?? minClock
  const at = { minClock: before, maxClock: before, previousWatermark: null, watermark }
  const { from, readFrom } = touched(group, at)
  return { from, to: maxClock, readFrom }
}

const minute = 60_000_000n
const overlapping = (objects: readonly LogObject[], from: bigint, to: bigint) =>
  objects.filter(({ clockFrom, clockTo }) => BigInt(clockFrom) * minute <= to && BigInt(clockTo + 1) * minute > from)
