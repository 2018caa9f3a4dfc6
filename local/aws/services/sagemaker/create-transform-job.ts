import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { model, servingContainer } from './hosting/model.ts'
import { arnOf } from './names.ts'
import { runningJobs } from './running-jobs.ts'
import { addTags, taggingPermission } from './tags.ts'
import { transformJobRequest } from './transform/request.ts'
import { runTransformJob } from './transform/run-transform-job.ts'
import { saveTransformJob, transformJobs } from './transform/transform-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateTransformJob',
  input: transformJobRequest,
  needs: ({ TransformJobName, ModelName, Tags }, platform) => {
    const arn = arnOf(platform, 'transform-job', TransformJobName)
    return [
      { action: 'sagemaker:CreateTransformJob', resource: arn },
      { action: 'sagemaker:CreateTransformJob', resource: arnOf(platform, 'model', ModelName) },
      ...taggingPermission(arn, Tags),
    ]
  },
  run: ({ Tags, ...request }, { platform }) => {
    const name = request.TransformJobName
    const arn = arnOf(platform, 'transform-job', name)
    if (transformJobs(platform).get(name)) {
      throw new AwsError(
        'ResourceInUse',
        `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
      )
    }
    servingContainer(platform, model(platform, request.ModelName).request)
    addTags(platform, arn, Tags)
    saveTransformJob(platform, { name, arn, request, status: 'InProgress', createdAt: platform.clock.now() })
    runningJobs(platform).start(arn, (signal) => runTransformJob(platform, name, signal))
    return { TransformJobArn: arn }
  },
})
