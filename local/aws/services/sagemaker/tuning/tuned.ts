import type { TrainingJob } from '../training/training-job.ts'
import { dimensionsOf } from './dimensions.ts'
import type { TuningJobRequest } from './request.ts'

/** The hyperparameters of a training job that were tuned. */
export const tunedHyperparameters = ({ request }: { readonly request: TuningJobRequest }, trained: TrainingJob) => {
  const names = dimensionsOf(request.HyperParameterTuningJobConfig.ParameterRanges).map(({ name }) => name)
  return Object.fromEntries(names.map((name) => [name, trained.request.HyperParameters[name] ?? '']))
}
