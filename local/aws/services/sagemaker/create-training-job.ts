import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { imageOf } from './container/images.ts'
import { arnOf } from './names.ts'
import { runningJobs } from './running-jobs.ts'
import { addTags, taggingPermission } from './tags.ts'
import { trainingJobRequest } from './training/request.ts'
import { runTrainingJob } from './training/run-training-job.ts'
import { emitTrainingJob, trainingJobs } from './training/training-job.ts'
import { nextTransitions } from './training/transitions.ts'

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
  run: ({ Tags, ...request }, { platform }) => {
    const name = request.TrainingJobName
    const arn = arnOf(platform, 'training-job', name)
    if (trainingJobs(platform).get(name)) {
      throw new AwsError(
        'ResourceInUse',
        `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
      )
    }
    imageOf(request.AlgorithmSpecification.TrainingImage)
    const now = platform.clock.now()
    const transitions = nextTransitions([], 'Starting', now)
    const job = { name, arn, request, status: 'InProgress', transitions, createdAt: now, modifiedAt: now } as const
    platform.store.transaction(() => {
      trainingJobs(platform).put(name, job)
      addTags(platform, arn, Tags)
    })
    emitTrainingJob(platform, job)
    runningJobs(platform).start(arn, (signal) => runTrainingJob(platform, name, signal))
    return { TrainingJobArn: arn }
  },
})
