import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnOf, resourceName } from './names.ts'
import { describeTrainingJob, trainingJob } from './training/training-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DescribeTrainingJob',
  input: z.strictObject({ TrainingJobName: resourceName }),
  needs: ({ TrainingJobName }, platform) => [
    { action: 'sagemaker:DescribeTrainingJob', resource: arnOf(platform, 'training-job', TrainingJobName) },
  ],
  run: ({ TrainingJobName }, { platform }) => describeTrainingJob(trainingJob(platform, TrainingJobName)),
})
