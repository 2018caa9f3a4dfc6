import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { tagObject } from '../tags.ts'
import { seconds, secondsOrNone } from '../timestamps.ts'
import type { TrainingJob } from '../training/training-job.ts'
import { trainingJobs } from '../training/training-job.ts'
import { objectiveOf, scoreOf } from './objective.ts'
import type { TuningJobRequest } from './request.ts'
import { tunedHyperparameters } from './tuned.ts'

export type TuningJobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped'

/** A tuning job as stored; times in milliseconds. */
export interface TuningJob {
  readonly name: string
  readonly arn: string
  readonly request: TuningJobRequest
  readonly status: TuningJobStatus
  readonly createdAt: number
  readonly modifiedAt: number
  readonly endedAt?: number
  readonly failureReason?: string
}

export const tuningJobs = (platform: Platform) => platform.store.table<TuningJob>('sagemaker.tuning-jobs')

export const tuningJob = (platform: Platform, name: string): TuningJob => {
  const job = tuningJobs(platform).get(name)
  if (job === undefined) {
    throw new AwsError('ResourceNotFound', `No hyperparameter tuning job ${name} exists in this account and region.`)
  }
  return job
}

export const isEnded = ({ status }: TuningJob) => status !== 'InProgress' && status !== 'Stopping'

/** The training jobs of a tuning job, oldest first. */
export const trainingJobsOf = (platform: Platform, { name, arn }: TuningJob) =>
  trainingJobs(platform)
    .list({ prefix: `${name}-` })
    .map(({ value }) => value)
    .filter(({ tuningJobArn }) => tuningJobArn === arn)

/** A training job as a tuning job tells of it. */
export const summaryOf = (job: TuningJob, trained: TrainingJob) => {
  const value = objectiveOf(job, trained)
  const { MetricName, Type } = job.request.HyperParameterTuningJobConfig.HyperParameterTuningJobObjective
  return {
    TrainingJobName: trained.name,
    TrainingJobArn: trained.arn,
    TrainingJobStatus: trained.status,
    CreationTime: seconds(trained.createdAt),
    TrainingStartTime: secondsOrNone(trained.startedAt),
    TrainingEndTime: secondsOrNone(trained.endedAt),
    FailureReason: trained.failureReason,
    TunedHyperParameters: tunedHyperparameters(job, trained),
    FinalHyperParameterTuningJobObjectiveMetric: value === undefined ? undefined : { Type, MetricName, Value: value },
    ObjectiveStatus:
      value !== undefined ? 'Succeeded' : trained.endedAt === undefined ? 'Pending' : ('Failed' as const),
  }
}

/** Of the jobs that gave the objective the best one. */
export const bestOf = (job: TuningJob, trained: readonly TrainingJob[]) =>
  trained
    .filter((each) => objectiveOf(job, each) !== undefined)
    .toSorted((a, b) => (scoreOf(job, b) ?? 0) - (scoreOf(job, a) ?? 0))[0]

export const countersOf = (job: TuningJob, trained: readonly TrainingJob[]) => {
  const count = (test: (each: TrainingJob) => boolean) => trained.filter(test).length
  const objective = (status: string) => count((each) => summaryOf(job, each).ObjectiveStatus === status)
  return {
    TrainingJobStatusCounters: {
      Completed: count(({ status }) => status === 'Completed'),
      InProgress: count(({ status }) => status === 'InProgress' || status === 'Stopping'),
      RetryableError: 0,
      NonRetryableError: count(({ status }) => status === 'Failed'),
      Stopped: count(({ status }) => status === 'Stopped'),
    },
    ObjectiveStatusCounters: {
      Succeeded: objective('Succeeded'),
      Pending: objective('Pending'),
      Failed: objective('Failed'),
    },
  }
}

/** DescribeHyperParameterTuningJob's answer. */
export const describeTuningJob = (platform: Platform, job: TuningJob) => {
  const trained = trainingJobsOf(platform, job)
  const best = bestOf(job, trained)
  return {
    ...job.request,
    HyperParameterTuningJobArn: job.arn,
    HyperParameterTuningJobStatus: job.status,
    FailureReason: job.failureReason,
    CreationTime: seconds(job.createdAt),
    LastModifiedTime: seconds(job.modifiedAt),
    HyperParameterTuningEndTime: secondsOrNone(job.endedAt),
    ...countersOf(job, trained),
    BestTrainingJob: best && summaryOf(job, best),
  }
}

/** Stores a job in its new state and tells the bus. */
export const saveTuningJob = (platform: Platform, known: Omit<TuningJob, 'modifiedAt'>) => {
  const job: TuningJob = { ...known, modifiedAt: platform.clock.now() }
  tuningJobs(platform).put(job.name, job)
  const { HyperParameterTuningJobConfig, TrainingJobDefinition } = job.request
  platform.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker HyperParameter Tuning Job State Change',
    resources: [job.arn],
    detail: {
      HyperParameterTuningJobName: job.name,
      HyperParameterTuningJobArn: job.arn,
      HyperParameterTuningJobStatus: job.status,
      FailureReason: job.failureReason,
      HyperParameterTuningJobConfig,
      TrainingJobDefinition,
      CreationTime: job.createdAt,
      LastModifiedTime: job.modifiedAt,
      HyperParameterTuningEndTime: job.endedAt,
      ...countersOf(job, trainingJobsOf(platform, job)),
      Tags: tagObject(platform, job.arn),
    },
  })
}
