import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { imageOf } from './container/images.ts'
import { arnOf } from './names.ts'
import { runningJobs } from './running-jobs.ts'
import { addTags, taggingPermission } from './tags.ts'
import { tuningJobRequest } from './tuning/request.ts'
import { runTuningJob } from './tuning/run-tuning-job.ts'
import { saveTuningJob, tuningJobs } from './tuning/tuning-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateHyperParameterTuningJob',
  input: tuningJobRequest,
  needs: ({ HyperParameterTuningJobName: name, TrainingJobDefinition, Tags }, platform) => {
    const arn = arnOf(platform, 'hyper-parameter-tuning-job', name)
    return [
      { action: 'sagemaker:CreateHyperParameterTuningJob', resource: arn },
      { action: 'iam:PassRole', resource: TrainingJobDefinition.RoleArn },
      ...taggingPermission(arn, Tags),
    ]
  },
  run: ({ Tags, ...request }, { platform }) => {
    const name = request.HyperParameterTuningJobName
    const arn = arnOf(platform, 'hyper-parameter-tuning-job', name)
    if (tuningJobs(platform).get(name)) {
      throw new AwsError(
        'ResourceInUse',
        `Hyperparameter tuning job names must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
      )
    }
    imageOf(request.TrainingJobDefinition.AlgorithmSpecification.TrainingImage)
    addTags(platform, arn, Tags)
    saveTuningJob(platform, { name, arn, request, status: 'InProgress', createdAt: platform.clock.now() })
    runningJobs(platform).start(arn, (signal) => runTuningJob(platform, name, signal))
    return { HyperParameterTuningJobArn: arn }
  },
})
