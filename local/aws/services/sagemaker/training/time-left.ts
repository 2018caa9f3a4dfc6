import type { TrainingJobRequest } from './request.ts'

interface Spent {
  readonly createdAt: number
  readonly now: number
  /** In all attempts. */
  readonly trainedMs: number
}

/** What is left of a job's time in milliseconds, and how it ends when that is over. */
export const timeLeft = (
  { StoppingCondition }: Pick<TrainingJobRequest, 'StoppingCondition'>,
  { createdAt, now, trainedMs }: Spent,
) => {
  const { MaxRuntimeInSeconds, MaxWaitTimeInSeconds = Infinity } = StoppingCondition
  const run = MaxRuntimeInSeconds * 1000 - trainedMs
  const wait = createdAt + MaxWaitTimeInSeconds * 1000 - now
  return wait < run
    ? ({ ms: wait, ending: 'MaxWaitTimeExceeded' } as const)
    : ({ ms: run, ending: 'MaxRuntimeExceeded' } as const)
}
