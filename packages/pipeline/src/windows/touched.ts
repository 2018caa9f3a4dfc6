import { durationMicros } from '../duration.ts'
import { gridOf } from './grid.ts'
import type { WindowGroup } from './windowed.ts'

/** Clocks in microseconds. */
export interface Ingested {
  /** Smallest clock of the rows that came, superseded versions of them included. */
  readonly minClock: bigint
  /** Largest clock of them. */
  readonly maxClock: bigint
  /** Largest clock of the log below `minClock`, null if there is none: from there on expiries may not have been written. */
  readonly previousWatermark: bigint | null
  /** Largest clock of all accepted rows. */
  readonly watermark: bigint
}

/** Tile ends whose rows have to be written, both included (none if `from` > `to`), and the smallest clock they depend on. */
export interface Touched {
  readonly from: bigint
  readonly to: bigint
  readonly readFrom: bigint
}

/** The longest window of a group, in microseconds. */
const longestOf = ({ features }: WindowGroup) =>
  Object.values(features)
    .map(({ over }) => durationMicros(over))
    .reduce((a, b) => (a > b ? a : b), 0n)

/** Which tile ends an ingestion changes: those whose windows see its rows, and those that the watermark makes due. */
export const touched = (
  group: WindowGroup,
  { minClock, maxClock, previousWatermark, watermark }: Ingested,
): Touched => {
  const { micros, tileOf, endOf } = gridOf(group.every)
  const longest = longestOf(group)
  const from = endOf(previousWatermark !== null && previousWatermark < minClock ? previousWatermark : minClock)
  const last = endOf(maxClock) + longest
  const due = tileOf(watermark) * micros
  return { from, to: last < due ? last : due, readFrom: from - longest - micros }
}
