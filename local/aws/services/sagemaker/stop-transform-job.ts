import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnOf, resourceName } from './names.ts'
import { runningJobs } from './running-jobs.ts'
import { isEnded, saveTransformJob, transformJob } from './transform/transform-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'StopTransformJob',
  input: z.strictObject({ TransformJobName: resourceName }),
  needs: ({ TransformJobName }, platform) => [
    { action: 'sagemaker:StopTransformJob', resource: arnOf(platform, 'transform-job', TransformJobName) },
  ],
  run: ({ TransformJobName }, { platform }) => {
    const job = transformJob(platform, TransformJobName)
    if (isEnded(job)) {
      throw new AwsError(
        'ValidationException',
        `The request was rejected because the transform job is in status ${job.status}.`,
      )
    }
    if (job.status !== 'Stopping') saveTransformJob(platform, { ...job, status: 'Stopping' })
    runningJobs(platform).stop(job.arn)
    return {}
  },
})
