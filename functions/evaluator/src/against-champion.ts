import type { Metric } from '@hopline/pipeline'
import { measures, ones } from './metrics.ts'
import type { Scored } from './scored.ts'

export interface Comparison {
  readonly metric: Metric
  readonly challenger: number
  readonly champion: number
  /** Challenger − champion, signed so that more is better. */
  readonly difference: number
  /** Lower end of the one-sided confidence interval of the difference. */
  readonly atLeast: number
}

const lowerIsBetter = new Set<Metric>(['brier', 'log_loss', 'calibration_error'])
const resamples = 500

/** xorshift32: the same rows always give the same verdict. */
const randomIndexes = (seed: number) => {
  let state = seed
  return (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/**
 * Paired bootstrap on the same test rows: both models are measured on the same 500 resamples, and the interval is
 * taken over the differences (Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13: percentile method).
 *
 * @param confidence one-sided, 0.95 reads the fifth percentile
 */
export const againstChampion = (
  challenger: Scored,
  champion: Scored,
  { metric, confidence }: { metric: Metric; confidence: number },
): Comparison => {
  const measure = measures[metric]
  const sign = lowerIsBetter.has(metric) ? -1 : 1
  const rows = challenger.labels.length
  const next = randomIndexes(0x9e3779b9)
  const differences = Array.from({ length: resamples }, () => {
    const weights = new Float64Array(rows)
    for (let drawn = 0; drawn < rows; drawn += 1) {
      const at = next(rows)
      weights[at] = (weights[at] ?? 0) + 1
    }
    return sign * (measure(challenger, weights) - measure(champion, weights))
  }).toSorted((a, b) => a - b)
  const all = ones(challenger)
  const measured = { challenger: measure(challenger, all), champion: measure(champion, all) }
  return {
    metric,
    ...measured,
    difference: sign * (measured.challenger - measured.champion),
    atLeast: differences[Math.floor((1 - confidence) * resamples)] ?? Number.NEGATIVE_INFINITY,
  }
}
