import type { Duration } from '../duration.ts'
import { durationMs } from '../duration.ts'
import { floorDivided, floorDividedToNumber } from '../expression/whole-division.ts'

/** Tiles of one length, numbered from 1970 on; clocks and ends in microseconds. */
export interface Grid {
  readonly micros: bigint
  readonly tileOf: (clock: bigint) => bigint
  /** The same as a number. */
  readonly numberOf: (clock: bigint) => number
  readonly startOf: (tile: number) => bigint
  /** End (exclusive) of the tile of a clock, in microseconds: from then on its rows are seen. */
  readonly endOf: (clock: bigint) => bigint
}

/** The grid of tiles of a length. */
export const gridOf = (every: Duration): Grid => {
  const length = durationMs(every) * 1000
  const micros = BigInt(length)
  const tileOf = (clock: bigint) => floorDivided(clock, micros)
  return {
    micros,
    tileOf,
    numberOf: (clock) => floorDividedToNumber(clock, length),
    startOf: (tile) => (Number.isSafeInteger(tile * length) ? BigInt(tile * length) : BigInt(tile) * micros),
    endOf: (clock) => (tileOf(clock) + 1n) * micros,
  }
}
