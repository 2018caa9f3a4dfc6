import { defineOperation } from '../../core/operation.ts'
import { arnOf } from './names.ts'
import { taggingPermission } from './tags.ts'
import { trainingJobRequest } from './training/request.ts'
import { startTrainingJob } from './training/start-training-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateTrainingJob',
  input: trainingJobRequest,
  needs: ({ TrainingJobName, RoleArn, Tags }, platform) => {
    const arn = arnOf(platform, 'training-job', TrainingJobName)
    return [
      { action: 'sagemaker:CreateTrainingJob', resource: arn },
      { action: 'iam:PassRole', resource: RoleArn },
      ...taggingPermission(arn, Tags),
    ]
  },
  run: ({ Tags: tags, ...request }, { platform }) => ({
    TrainingJobArn: startTrainingJob(platform, request, { tags }),
  }),
})
