import type { Duration } from '../duration.ts'
import { durationMs } from '../duration.ts'

/** Tiles of equal length, counted from 1970; tile n covers the clocks from n · length to below (n + 1) · length. */
export interface Grid {
  readonly micros: bigint
  readonly tileOf: (clock: bigint) => bigint
  /** End (exclusive) of the tile of a clock, in microseconds: from then on its rows are seen. */
  readonly endOf: (clock: bigint) => bigint
}

/** The grid of tiles of a length. */
export const gridOf = (every: Duration): Grid => {
  const micros = BigInt(durationMs(every)) * 1000n
  const tileOf = (clock: bigint) => (clock < 0n ? (clock + 1n) / micros - 1n : clock / micros)
  return { micros, tileOf, endOf: (clock) => (tileOf(clock) + 1n) * micros }
}
