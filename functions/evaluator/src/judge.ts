import type { Metric } from '@hopline/pipeline'
import { metricNames } from './metrics.ts'
import type { Comparison } from './against-champion.ts'
import type { Slice } from './slices.ts'

type Bounds = { readonly [M in Metric]?: number | undefined }

/** What a model must reach, from the pipeline's `evaluate`. */
export interface Gate {
  readonly atLeast?: Bounds | undefined
  readonly atMost?: Bounds | undefined
  readonly slices?: { readonly atLeast?: Bounds | undefined; readonly atMost?: Bounds | undefined } | undefined
  readonly champion: { readonly metric: Metric; readonly margin: number; readonly confidence: number }
}

export interface Evidence {
  readonly metrics: Readonly<Record<Metric, number>>
  readonly slices: readonly Slice[]
  readonly comparison: Comparison | null
}

const short = (value: number) => value.toFixed(4)

/** A metric that is NaN (one class only) reaches nothing: the gate fails closed. */
const missed = (
  where: string,
  metrics: Readonly<Record<Metric, number>>,
  { atLeast = {}, atMost = {} }: Pick<Gate, 'atLeast' | 'atMost'>,
) =>
  metricNames.flatMap((name) => {
    const { [name]: low = Number.NEGATIVE_INFINITY } = atLeast
    const { [name]: high = Number.POSITIVE_INFINITY } = atMost
    const value = metrics[name]
    if (name in atLeast && !(value >= low)) return [`${where}${name} ${short(value)} is below ${low}`]
    return name in atMost && !(value <= high) ? [`${where}${name} ${short(value)} is above ${high}`] : []
  })

/** Why the model may not be promoted; empty when it may. */
export const judge = (gate: Gate, { metrics, slices, comparison }: Evidence): string[] => {
  const reasons = missed('', metrics, gate)
  for (const slice of slices) reasons.push(...missed(`${slice.by} ${slice.value}: `, slice.metrics, gate.slices ?? {}))
  if (comparison && !(comparison.atLeast >= -gate.champion.margin)) {
    reasons.push(
      `${comparison.metric} may be ${short(-comparison.atLeast)} worse than the champion's ${short(comparison.champion)}; ` +
        `${gate.champion.margin} is allowed at ${gate.champion.confidence} confidence`,
    )
  }
  return reasons
}
