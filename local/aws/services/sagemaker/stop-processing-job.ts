import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnOf, resourceName } from './names.ts'
import { isEnded, processingJob, saveProcessingJob } from './processing/processing-job.ts'
import { runningJobs } from './running-jobs.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'StopProcessingJob',
  input: z.strictObject({ ProcessingJobName: resourceName }),
  needs: ({ ProcessingJobName }, platform) => [
    { action: 'sagemaker:StopProcessingJob', resource: arnOf(platform, 'processing-job', ProcessingJobName) },
  ],
  run: ({ ProcessingJobName }, { platform }) => {
    const job = processingJob(platform, ProcessingJobName)
    if (isEnded(job)) {
      throw new AwsError(
        'ValidationException',
        `The request was rejected because the processing job is in status ${job.status}.`,
      )
    }
    if (job.status !== 'Stopping') saveProcessingJob(platform, { ...job, status: 'Stopping' })
    runningJobs(platform).stop(job.arn)
    return {}
  },
})
