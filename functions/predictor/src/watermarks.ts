import type { Vector } from '@hopline/hopsworks/vectors'

/** How far the data of each window group have come, in microseconds; null where nothing has been written yet. */
export type Watermarks = ReadonlyMap<string, bigint | null>

/** The watermarks out of the freshness view, which was read for these groups in this order. */
export const watermarksOf = (groups: readonly string[], vectors: readonly Vector[]): Watermarks =>
  new Map(
    groups.map((group, index) => {
      const watermark = vectors[index]?.values['watermark']
      return [group, typeof watermark === 'bigint' ? watermark : null]
    }),
  )

/**
 * How far behind a group's data are for a prediction asked for at `at`, in seconds, never below 0: not when the row last
 * changed, since a quiet route is not stale. All times in microseconds.
 */
export const ageSeconds = (watermark: bigint, at: bigint | null, now: bigint) => {
  const until = at !== null && at < now ? at : now
  return until > watermark ? Number((until - watermark) / 1_000n) / 1_000 : 0
}
