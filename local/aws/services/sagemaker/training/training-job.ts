import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { tagObject } from '../tags.ts'
import { seconds, secondsOrNone } from '../timestamps.ts'
import type { TrainingJobRequest } from './request.ts'

export type TrainingJobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped'

export type SecondaryStatus =
  | 'Starting'
  | 'Downloading'
  | 'Training'
  | 'Uploading'
  | 'Interrupted'
  | 'Restarting'
  | 'Stopping'
  | 'Stopped'
  | 'MaxRuntimeExceeded'
  | 'MaxWaitTimeExceeded'
  | 'Completed'
  | 'Failed'

export interface Transition {
  readonly Status: SecondaryStatus
  readonly StartTime: number
  readonly EndTime?: number
  readonly StatusMessage: string
}

export interface FinalMetric {
  readonly MetricName: string
  readonly Value: number
  readonly Timestamp: number
}

/** A training job as stored; times in milliseconds. */
export interface TrainingJob {
  readonly name: string
  readonly arn: string
  readonly request: Omit<TrainingJobRequest, 'Tags'>
  /** Of the tuning job that started it. */
  readonly tuningJobArn?: string | undefined
  readonly status: TrainingJobStatus
  readonly transitions: readonly Transition[]
  readonly createdAt: number
  readonly modifiedAt: number
  readonly startedAt?: number
  readonly endedAt?: number
  readonly failureReason?: string
  readonly metrics?: readonly FinalMetric[] | undefined
}

export const trainingJobs = (platform: Platform) => platform.store.table<TrainingJob>('sagemaker.training-jobs')

export const trainingJob = (platform: Platform, name: string): TrainingJob => {
  const job = trainingJobs(platform).get(name)
  if (job === undefined) throw new AwsError('ValidationException', 'Requested resource not found.')
  return job
}

export const secondaryStatus = ({ transitions }: TrainingJob) => transitions.at(-1)?.Status ?? 'Starting'

/** Where a job's results go: `s3://…/<job>/output`. */
export const outputUri = ({ name, request }: TrainingJob) =>
  `${request.OutputDataConfig.S3OutputPath.replace(/\/+$/, '')}/${name}/output`

export const modelUri = (job: TrainingJob) =>
  job.request.OutputDataConfig.CompressionType === 'NONE'
    ? `${outputUri(job)}/model/`
    : `${outputUri(job)}/model.tar.gz`

const elapsed = ({ startedAt, endedAt }: TrainingJob) =>
  startedAt === undefined || endedAt === undefined ? undefined : Math.ceil((endedAt - startedAt) / 1000)

/** DescribeTrainingJob's answer. */
export const describeTrainingJob = (job: TrainingJob) => ({
  ...job.request,
  TrainingJobArn: job.arn,
  TuningJobArn: job.tuningJobArn,
  ModelArtifacts: { S3ModelArtifacts: modelUri(job) },
  TrainingJobStatus: job.status,
  SecondaryStatus: secondaryStatus(job),
  SecondaryStatusTransitions: job.transitions.map(({ StartTime, EndTime, ...transition }) => ({
    ...transition,
    StartTime: seconds(StartTime),
    EndTime: secondsOrNone(EndTime),
  })),
  FailureReason: job.failureReason,
  FinalMetricDataList: job.metrics?.map((metric) => ({ ...metric, Timestamp: seconds(metric.Timestamp) })),
  CreationTime: seconds(job.createdAt),
  TrainingStartTime: secondsOrNone(job.startedAt),
  TrainingEndTime: secondsOrNone(job.endedAt),
  LastModifiedTime: seconds(job.modifiedAt),
  TrainingTimeInSeconds: elapsed(job),
  BillableTimeInSeconds: elapsed(job),
})

/** Tells the bus in which state a job is now. */
export const emitTrainingJob = (platform: Platform, job: TrainingJob) => {
  const { HyperParameters, AlgorithmSpecification, RoleArn, InputDataConfig, OutputDataConfig } = job.request
  platform.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Training Job State Change',
    resources: [job.arn],
    detail: {
      TrainingJobName: job.name,
      TrainingJobArn: job.arn,
      TrainingJobStatus: job.status,
      SecondaryStatus: secondaryStatus(job),
      FailureReason: job.failureReason,
      HyperParameters,
      AlgorithmSpecification,
      RoleArn,
      InputDataConfig,
      OutputDataConfig,
      ResourceConfig: job.request.ResourceConfig,
      StoppingCondition: job.request.StoppingCondition,
      ModelArtifacts: { S3ModelArtifacts: modelUri(job) },
      CreationTime: job.createdAt,
      TrainingStartTime: job.startedAt,
      TrainingEndTime: job.endedAt,
      LastModifiedTime: job.modifiedAt,
      SecondaryStatusTransitions: job.transitions,
      Tags: tagObject(platform, job.arn),
    },
  })
}
