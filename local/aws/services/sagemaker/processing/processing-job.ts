import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { tagObject } from '../tags.ts'
import { seconds, secondsOrNone } from '../timestamps.ts'
import type { ProcessingJobRequest } from './request.ts'

export type ProcessingJobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped'

/** A processing job as stored; times in milliseconds. */
export interface ProcessingJob {
  readonly name: string
  readonly arn: string
  readonly request: ProcessingJobRequest
  readonly status: ProcessingJobStatus
  readonly createdAt: number
  readonly modifiedAt: number
  readonly startedAt?: number
  readonly endedAt?: number
  /** What the container said at its end. */
  readonly exitMessage?: string | undefined
  readonly failureReason?: string
}

export const processingJobs = (platform: Platform) => platform.store.table<ProcessingJob>('sagemaker.processing-jobs')

export const processingJob = (platform: Platform, name: string): ProcessingJob => {
  const job = processingJobs(platform).get(name)
  if (job === undefined) throw new AwsError('ValidationException', `Could not find requested job with name: ${name}`)
  return job
}

export const isEnded = ({ status }: ProcessingJob) => status !== 'InProgress' && status !== 'Stopping'

/** DescribeProcessingJob's answer. */
export const describeProcessingJob = (job: ProcessingJob) => ({
  ...job.request,
  ProcessingJobArn: job.arn,
  ProcessingJobStatus: job.status,
  ExitMessage: job.exitMessage,
  FailureReason: job.failureReason,
  CreationTime: seconds(job.createdAt),
  LastModifiedTime: seconds(job.modifiedAt),
  ProcessingStartTime: secondsOrNone(job.startedAt),
  ProcessingEndTime: secondsOrNone(job.endedAt),
})

/** Stores a job in its new state and tells the bus. */
export const saveProcessingJob = (platform: Platform, changed: Omit<ProcessingJob, 'modifiedAt'>) => {
  const job = { ...changed, modifiedAt: platform.clock.now() }
  processingJobs(platform).put(job.name, job)
  platform.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Processing Job State Change',
    resources: [job.arn],
    detail: {
      ...job.request,
      ProcessingJobArn: job.arn,
      ProcessingJobStatus: job.status,
      ExitMessage: job.exitMessage,
      FailureReason: job.failureReason,
      CreationTime: job.createdAt,
      LastModifiedTime: job.modifiedAt,
      ProcessingStartTime: job.startedAt,
      ProcessingEndTime: job.endedAt,
      Tags: tagObject(platform, job.arn),
    },
  })
}

/** Ends a job in a final state. */
export const endProcessingJob = (
  platform: Platform,
  name: string,
  end: Pick<ProcessingJob, 'exitMessage' | 'failureReason'> & { readonly status: 'Completed' | 'Failed' | 'Stopped' },
) => saveProcessingJob(platform, { ...processingJob(platform, name), ...end, endedAt: platform.clock.now() })
