import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnOf } from './names.ts'
import { runningJobs } from './running-jobs.ts'
import { tuningJobName } from './tuning/request.ts'
import { isEnded, saveTuningJob, tuningJob } from './tuning/tuning-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'StopHyperParameterTuningJob',
  input: z.strictObject({ HyperParameterTuningJobName: tuningJobName }),
  needs: ({ HyperParameterTuningJobName: name }, platform) => [
    { action: 'sagemaker:StopHyperParameterTuningJob', resource: arnOf(platform, 'hyper-parameter-tuning-job', name) },
  ],
  run: ({ HyperParameterTuningJobName: name }, { platform }) => {
    const job = tuningJob(platform, name)
    if (isEnded(job)) {
      throw new AwsError(
        'ValidationException',
        `The request was rejected because the hyperparameter tuning job is in status ${job.status}.`,
      )
    }
    if (job.status !== 'Stopping') saveTuningJob(platform, { ...job, status: 'Stopping' })
    runningJobs(platform).stop(job.arn)
    return {}
  },
})
