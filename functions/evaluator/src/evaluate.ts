import type { Metrics } from '@hopline/workflow'
import { againstChampion } from './against-champion.ts'
import type { Comparison } from './against-champion.ts'
import type { Gate } from './judge.ts'
import { judge } from './judge.ts'
import { measureAll } from './metrics.ts'
import type { Scored } from './scored.ts'
import { slicesOf } from './slices.ts'
import type { Slice } from './slices.ts'

/** What the evaluator found, and why: kept whole in evaluation.json. */
export interface Findings {
  readonly reasons: readonly string[]
  readonly metrics: ReturnType<typeof measureAll>
  readonly slices: readonly Slice[]
  readonly comparison: Comparison | null
  readonly ablation: ReturnType<typeof measureAll> | null
  readonly champion: ReturnType<typeof measureAll> | null
}

export interface ScoredModels {
  readonly challenger: Scored
  readonly withoutOnline: Scored | null
  readonly champion: Scored | null
}

export type SlicedGate = Gate & {
  readonly slices?: { readonly by: readonly string[]; readonly minRows: number } | undefined
}

/** Measures every model on the same test rows and judges the challenger. Pure: the same rows give the same findings. */
export const evaluate = (gate: SlicedGate, { challenger, withoutOnline, champion }: ScoredModels): Findings => {
  const metrics = measureAll(challenger)
  const slices = gate.slices ? slicesOf(challenger, gate.slices) : []
  const comparison = champion && againstChampion(challenger, champion, gate.champion)
  return {
    reasons: judge(gate, { metrics, slices, comparison }),
    metrics,
    slices,
    comparison,
    ablation: withoutOnline && measureAll(withoutOnline),
    champion: champion && measureAll(champion),
  }
}

/** The three metrics that travel on; the others stay in evaluation.json. */
export const headline = ({ auc, brier, calibration_error }: ReturnType<typeof measureAll>): Metrics => ({
  auc,
  brier,
  calibration_error,
})
