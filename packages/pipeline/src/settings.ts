import type { Duration } from './duration.ts'

/** A setting that is the same everywhere, or one for each stage. */
export type PerStage<T> = T | { readonly dev: T; readonly prod: T }

export const higherIsBetter = ['auc', 'average_precision', 'accuracy'] as const
export const lowerIsBetter = ['brier', 'log_loss', 'calibration_error'] as const
export type HigherIsBetter = (typeof higherIsBetter)[number]
export type LowerIsBetter = (typeof lowerIsBetter)[number]
/** What a model is judged by. */
export type Metric = HigherIsBetter | LowerIsBetter

export interface Bounds {
  readonly atLeast?: { readonly [M in HigherIsBetter]?: number }
  readonly atMost?: { readonly [M in LowerIsBetter]?: number }
}

export type Framework = `sklearn-${string}` | `xgboost-${string}` | `pytorch-${string}` | `tensorflow-${string}`

/** An interval that tuning searches. */
export interface Range {
  readonly min: number
  readonly max: number
  readonly scale: 'linear' | 'log'
}
export const range = (min: number, max: number, scale: Range['scale'] = 'linear'): Range => ({ min, max, scale })

export interface TrainSettings<H = Readonly<Record<string, number | string>>> {
  readonly framework: Framework
  readonly script: string
  readonly instance: PerStage<string>
  readonly spot?: boolean
  readonly timeout: Duration
  /** How far back training looks, from the newest event. */
  readonly history: Duration
  /** What of it is held out, by time, newest last. */
  readonly holdout: { readonly validation: Duration; readonly test: Duration }
  readonly hyperparameters: H
  readonly tune?: {
    readonly metric: Metric
    readonly jobs: number
    readonly parallel: number
    readonly space: { readonly [P in keyof NoInfer<H>]?: Range }
  }
}

export interface EvaluateSettings<Name extends string = string> extends Bounds {
  /** Bounds that hold in every slice of at least `minRows` test rows. */
  readonly slices?: Bounds & { readonly by: readonly Name[]; readonly minRows: number }
  /** A challenger may be worse than the champion by `margin` at most, at this one-sided confidence. */
  readonly champion: { readonly metric: Metric; readonly margin: number; readonly confidence: number }
}

/** Who lets a model that passes its gate go live. */
export type ApproveSettings = PerStage<'automatically' | 'by a person'>

export interface DeploySettings {
  readonly instance: PerStage<string>
  readonly count: PerStage<number>
  readonly canary: { readonly count: number; readonly bake: Duration }
  readonly rollback: { readonly errorRate: number; readonly p99Ms: number }
}

export interface MonitorSettings {
  readonly every: Duration
  /** Population stability index against the training snapshot. */
  readonly psi: number
  readonly labelsAfter: Duration
  readonly quality: Bounds
  readonly retrain: { readonly atMostEvery: Duration; readonly minNewRows: number }
}
