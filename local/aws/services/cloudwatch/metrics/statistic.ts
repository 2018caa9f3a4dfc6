import * as z from 'zod'
import type { Summary } from './summary.ts'

export const simpleStatistics = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const

/** `p99`, `p99.9`; the trimmed and winsorized statistics are not computed here. */
export const percentile = z.string().regex(/^p(100|\d{1,2}(\.\d{1,10})?)$/, 'The local platform computes p0 to p100')

export const statistic = z.union([z.enum(simpleStatistics), percentile])

/** The value below or at which that share of the values lies; undefined when the values themselves are not known. */
const percentileOf = ({ values, count, min, max }: Summary, percent: number) => {
  if (min === max) return min
  if (!values) return undefined
  let left = (percent / 100) * count
  for (const [value, times] of values.toSorted(([a], [b]) => a - b)) {
    left -= times
    if (left <= 0) return value
  }
  return max
}

/** One statistic of a stretch of time. */
export const statisticOf = (summary: Summary, name: string): number | undefined => {
  switch (name) {
    case 'SampleCount':
      return summary.count
    case 'Average':
      return summary.sum / summary.count
    case 'Sum':
      return summary.sum
    case 'Minimum':
      return summary.min
    case 'Maximum':
      return summary.max
    default:
      return percentileOf(summary, Number(name.slice(1)))
  }
}
