import type { Bounds, DeploySettings, EvaluateSettings, MonitorSettings, Range, TrainSettings } from '../settings.ts'
import { higherIsBetter, lowerIsBetter } from '../settings.ts'
import type { Check } from './check.ts'
import {
  atLeast,
  between,
  duration,
  flag,
  listOf,
  number,
  numberThat,
  object,
  oneOf,
  optional,
  perStage,
  recordOf,
  text,
  textLike,
  wholeFrom,
} from './check.ts'

const metric = oneOf(...higherIsBetter, ...lowerIsBetter)
const rate = between(0, 1)
const bound = optional(rate)
const bounds = {
  atLeast: optional(object<Bounds['atLeast'] & object>({ auc: bound, average_precision: bound, accuracy: bound })),
  atMost: optional(
    object<Bounds['atMost'] & object>({ brier: bound, log_loss: optional(atLeast(0)), calibration_error: bound }),
  ),
}

const range = object<Range>({ min: number, max: number, scale: oneOf('linear', 'log') })

export const train: Check = object<TrainSettings>({
  framework: textLike(/^(sklearn|xgboost|pytorch|tensorflow)-\d/, "a framework and its version like 'sklearn-1.4-2'"),
  script: text,
  instance: perStage(text),
  spot: optional(flag),
  timeout: duration,
  history: duration,
  holdout: object<TrainSettings['holdout']>({ validation: duration, test: duration }),
  hyperparameters: recordOf((report, value, path) => (typeof value === 'string' ? text : number)(report, value, path)),
  tune: optional(
    object<TrainSettings['tune'] & object>({
      metric,
      jobs: wholeFrom(1),
      parallel: wholeFrom(1),
      space: recordOf(range),
    }),
  ),
})

export const evaluate: Check = object<EvaluateSettings>({
  ...bounds,
  slices: optional(object<EvaluateSettings['slices'] & object>({ ...bounds, by: listOf(text), minRows: wholeFrom(1) })),
  champion: object<EvaluateSettings['champion']>({
    metric,
    margin: atLeast(0),
    confidence: numberThat('between 0.5 and 1', (value) => value > 0.5 && value < 1),
  }),
})

export const approve: Check = perStage(oneOf('automatically', 'by a person'))

export const deploy: Check = object<DeploySettings>({
  instance: perStage(text),
  count: perStage(wholeFrom(1)),
  canary: object<DeploySettings['canary']>({ count: wholeFrom(1), bake: duration }),
  rollback: object<DeploySettings['rollback']>({
    errorRate: rate,
    p99Ms: numberThat('a number above 0', (ms) => ms > 0),
  }),
})

export const monitor: Check = object<MonitorSettings>({
  every: duration,
  psi: numberThat('a number above 0', (psi) => psi > 0),
  labelsAfter: duration,
  quality: object<Bounds>(bounds),
  retrain: object<MonitorSettings['retrain']>({ atMostEvery: duration, minNewRows: wholeFrom(1) }),
})
