import { defineOperation } from '../../core/operation.ts'
import { passRole } from '../../core/policy/pass-role.ts'
import { arnOf } from './names.ts'
import { requireTrust } from './require-trust.ts'
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
      passRole(RoleArn, 'sagemaker.amazonaws.com'),
      ...taggingPermission(arn, Tags),
    ]
  },
  run: ({ Tags: tags, ...request }, { platform }) => {
    requireTrust(platform, request.RoleArn, arnOf(platform, 'training-job', request.TrainingJobName))
    return { TrainingJobArn: startTrainingJob(platform, request, { tags }) }
  },
})
