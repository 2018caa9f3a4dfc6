import type { Metric } from '@hopline/pipeline'
import { measureAll } from './metrics.ts'
import type { Scored } from './scored.ts'
import { rowsOf } from './scored.ts'

export interface Slice {
  /** `weekday`, `origin`. */
  readonly by: string
  readonly value: string
  readonly rows: number
  readonly metrics: Readonly<Record<Metric, number>>
}

/** Metrics of each value of each name, where it has at least `minRows` rows. */
export const slicesOf = (scored: Scored, { by, minRows }: { by: readonly string[]; minRows: number }): Slice[] =>
  by.flatMap((name) => {
    const positions = Map.groupBy(scored.by.keys(), (at) => String(scored.by[at]?.[name]))
    return [...positions]
      .filter(([, rows]) => rows.length >= minRows)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, rows]) => ({ by: name, value, rows: rows.length, metrics: measureAll(rowsOf(scored, rows)) }))
  })
