import type { TrainingJob } from '../training/training-job.ts'
import type { TuningJobRequest } from './request.ts'

interface Tuned {
  readonly request: TuningJobRequest
}

/** The last value of the objective that a training job printed; undefined until it has ended well. */
export const objectiveOf = ({ request }: Tuned, { status, metrics }: TrainingJob) => {
  const { MetricName } = request.HyperParameterTuningJobConfig.HyperParameterTuningJobObjective
  if (status !== 'Completed' && status !== 'Stopped') return undefined
  return metrics?.find((metric) => metric.MetricName === MetricName)?.Value
}

/** The objective as a number of which more is better. */
export const scoreOf = (job: Tuned, trained: TrainingJob) => {
  const value = objectiveOf(job, trained)
  const { Type } = job.request.HyperParameterTuningJobConfig.HyperParameterTuningJobObjective
  return value === undefined ? undefined : Type === 'Maximize' ? value : -value
}
