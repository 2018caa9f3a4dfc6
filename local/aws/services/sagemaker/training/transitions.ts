import type { Platform } from '../../../core/platform.ts'
import type { SecondaryStatus, TrainingJob, TrainingJobStatus, Transition } from './training-job.ts'
import { emitTrainingJob, trainingJob, trainingJobs } from './training-job.ts'

const messages: Readonly<Record<SecondaryStatus, string>> = {
  Starting: 'Preparing the instances for training',
  Downloading: 'Downloading input data',
  Training: 'Training image download completed. Training in progress.',
  Uploading: 'Uploading generated training model',
  Interrupted: 'The training job was interrupted: its managed spot instances were reclaimed',
  Restarting: 'Restarting the training job after an internal error',
  Stopping: 'Stopping the training job',
  Stopped: 'Training job stopped',
  MaxRuntimeExceeded: 'Training job runtime exceeded MaxRuntimeInSeconds provided',
  MaxWaitTimeExceeded: 'Training job wait time exceeded MaxWaitTimeInSeconds provided',
  Completed: 'Training job completed',
  Failed: 'Training job failed',
}

const statuses: Partial<Readonly<Record<SecondaryStatus, TrainingJobStatus>>> = {
  Stopping: 'Stopping',
  Stopped: 'Stopped',
  MaxRuntimeExceeded: 'Stopped',
  MaxWaitTimeExceeded: 'Stopped',
  Completed: 'Completed',
  Failed: 'Failed',
}

export const isFinal = (status: TrainingJobStatus) => status !== 'InProgress' && status !== 'Stopping'

/** The next entry of a job's history; a final one is closed at once. */
export const nextTransitions = (
  known: readonly Transition[],
  Status: SecondaryStatus,
  now: number,
  StatusMessage = messages[Status],
): Transition[] => {
  const ended = known.map((transition) => ({ EndTime: now, ...transition }))
  const final = isFinal(statuses[Status] ?? 'InProgress')
  return [...ended, { Status, StartTime: now, ...(final && { EndTime: now }), StatusMessage }]
}

/** Brings a job to its next state, durably, and tells the bus. */
export const advance = (
  platform: Platform,
  name: string,
  to: SecondaryStatus,
  change: Partial<Pick<TrainingJob, 'startedAt' | 'endedAt' | 'failureReason' | 'metrics'>> = {},
) => {
  const job = trainingJob(platform, name)
  const now = platform.clock.now()
  const next: TrainingJob = {
    ...job,
    ...change,
    status: statuses[to] ?? job.status,
    transitions: nextTransitions(job.transitions, to, now, change.failureReason),
    modifiedAt: now,
  }
  trainingJobs(platform).put(name, next)
  emitTrainingJob(platform, next)
}
