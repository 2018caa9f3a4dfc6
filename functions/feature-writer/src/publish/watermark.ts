import type { Values } from '@hopline/pipeline'
import type { LogObject } from '@hopline/workflow'
import type { LogView } from './log-view.ts'

const minute = 60_000_000n

/** When a row's outcome is known, in microseconds. */
export type Clock = (row: Values) => bigint | null

const hasClocks = ({ clockFrom, clockTo }: LogObject) => clockFrom <= clockTo

/** The largest clock of all accepted rows, superseded ones included, so that it never goes back; null without any. */
export const watermarkOf = async (view: LogView, clock: Clock): Promise<bigint | null> => {
  let watermark: bigint | null = null
  for (const object of view.objects.filter(hasClocks).toSorted((a, b) => b.clockTo - a.clockTo)) {
    if (watermark !== null && BigInt(object.clockTo + 1) * minute <= watermark) break
    for (const { values } of await view.rowsOf([object])) {
      const at = clock(values)
      if (at !== null && (watermark === null || at > watermark)) watermark = at
    }
  }
  return watermark
}

/**
 * The latest minute of the other objects that end before `clock`, null if none does. What lies between it and `clock` no
 * other run has written: each writes what falls due between its own smallest and largest clock, and the gap before.
 */
export const latestBefore = (others: readonly LogObject[], clock: bigint): bigint | null => {
  const ends = others.filter(hasClocks).map(({ clockTo }) => BigInt(clockTo) * minute)
  return ends.reduce<bigint | null>((latest, end) => {
    return end + minute <= clock && (latest === null || end > latest) ? end : latest
  }, null)
}
