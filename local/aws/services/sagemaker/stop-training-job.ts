import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { arnOf, resourceName } from './names.ts'
import { stopTraining } from './training/stop-training.ts'
import { trainingJob } from './training/training-job.ts'
import { isFinal } from './training/transitions.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'StopTrainingJob',
  input: z.strictObject({ TrainingJobName: resourceName }),
  needs: ({ TrainingJobName }, platform) => [
    { action: 'sagemaker:StopTrainingJob', resource: arnOf(platform, 'training-job', TrainingJobName) },
  ],
  run: ({ TrainingJobName }, { platform }) => {
    const { status } = trainingJob(platform, TrainingJobName)
    if (isFinal(status)) {
      throw new AwsError(
        'ValidationException',
        `The request was rejected because the training job is in status ${status}.`,
      )
    }
    stopTraining(platform, TrainingJobName)
    return {}
  },
})
