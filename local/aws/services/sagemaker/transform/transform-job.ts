import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { tagObject } from '../tags.ts'
import { seconds, secondsOrNone } from '../timestamps.ts'
import type { TransformJobRequest } from './request.ts'

export type TransformJobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped'

/** A batch transform job as stored; times in milliseconds. */
export interface TransformJob {
  readonly name: string
  readonly arn: string
  readonly request: TransformJobRequest
  readonly status: TransformJobStatus
  readonly createdAt: number
  readonly startedAt?: number
  readonly endedAt?: number
  readonly failureReason?: string
}

export const transformJobs = (platform: Platform) => platform.store.table<TransformJob>('sagemaker.transform-jobs')

export const transformJob = (platform: Platform, name: string): TransformJob => {
  const job = transformJobs(platform).get(name)
  if (job === undefined) {
    throw new AwsError('ValidationException', `Could not find requested job with name: ${name}`)
  }
  return job
}

/** DescribeTransformJob's answer. */
export const describeTransformJob = (job: TransformJob) => ({
  ...job.request,
  TransformJobArn: job.arn,
  TransformJobStatus: job.status,
  FailureReason: job.failureReason,
  CreationTime: seconds(job.createdAt),
  TransformStartTime: secondsOrNone(job.startedAt),
  TransformEndTime: secondsOrNone(job.endedAt),
})

const emitTransformJob = (platform: Platform, job: TransformJob) => {
  const { ModelName, TransformInput, TransformOutput, TransformResources, Environment, DataProcessing } = job.request
  platform.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Transform Job State Change',
    resources: [job.arn],
    detail: {
      TransformJobName: job.name,
      TransformJobArn: job.arn,
      TransformJobStatus: job.status,
      FailureReason: job.failureReason,
      ModelName,
      TransformInput,
      TransformOutput,
      TransformResources,
      Environment,
      DataProcessing,
      CreationTime: job.createdAt,
      TransformStartTime: job.startedAt,
      TransformEndTime: job.endedAt,
      Tags: tagObject(platform, job.arn),
    },
  })
}

/** Stores a job in its new state and tells the bus. */
export const saveTransformJob = (platform: Platform, job: TransformJob) => {
  transformJobs(platform).put(job.name, job)
  emitTransformJob(platform, job)
}

export const isEnded = ({ status }: TransformJob) => status !== 'InProgress' && status !== 'Stopping'

/** Ends a job; it fails if there is a reason. */
export const endTransformJob = (platform: Platform, name: string, failureReason?: string) => {
  const job = transformJob(platform, name)
  const status = job.status === 'Stopping' ? 'Stopped' : failureReason === undefined ? 'Completed' : 'Failed'
  saveTransformJob(platform, {
    ...job,
    status,
    endedAt: platform.clock.now(),
    ...(status === 'Failed' && failureReason !== undefined && { failureReason }),
  })
}
