import type { Values } from '@hopline/pipeline'
import type { LogView } from './log-view.ts'

const minute = 60_000_000n

/** When a row's outcome is known, in microseconds. */
export type Clock = (row: Values) => bigint | null

/**
 * The largest clock of all accepted rows, null without any; with `below` the largest that is smaller than that. Superseded
 * rows count, so that it never goes back. Objects span the clocks of all window groups, so only rows can tell; those of
 * the objects that end last are enough.
 */
export const watermarkOf = async (view: LogView, clock: Clock, below?: bigint): Promise<bigint | null> => {
  let watermark: bigint | null = null
  const objects = view.objects.filter(
    ({ clockFrom, clockTo }) => clockFrom <= clockTo && (below === undefined || BigInt(clockFrom) * minute < below),
  )
  for (const object of objects.toSorted((a, b) => b.clockTo - a.clockTo)) {
    if (watermark !== null && BigInt(object.clockTo + 1) * minute <= watermark) break
    for (const { values } of await view.rowsOf([object])) {
      const at = clock(values)
      if (at === null || (below !== undefined && at >= below)) continue
      if (watermark === null || at > watermark) watermark = at
    }
  }
  return watermark
}
