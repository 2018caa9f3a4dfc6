import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { passRole } from '../../core/policy/pass-role.ts'
import { imageOf } from './container/images.ts'
import { arnOf } from './names.ts'
import { processingJobs, saveProcessingJob } from './processing/processing-job.ts'
import { processingJobRequest } from './processing/request.ts'
import { runProcessingJob } from './processing/run-processing-job.ts'
import { requireTrust } from './require-trust.ts'
import { runningJobs } from './running-jobs.ts'
import { addTags, taggingPermission } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateProcessingJob',
  input: processingJobRequest,
  needs: ({ ProcessingJobName, RoleArn, Tags }, platform) => {
    const arn = arnOf(platform, 'processing-job', ProcessingJobName)
    return [
      { action: 'sagemaker:CreateProcessingJob', resource: arn },
      passRole(RoleArn, 'sagemaker.amazonaws.com'),
      ...taggingPermission(arn, Tags),
    ]
  },
  run: ({ Tags, ...request }, { platform }) => {
    const name = request.ProcessingJobName
    const arn = arnOf(platform, 'processing-job', name)
    if (processingJobs(platform).get(name)) {
      throw new AwsError(
        'ResourceInUse',
        `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
      )
    }
    requireTrust(platform, request.RoleArn, arn)
    imageOf(request.AppSpecification.ImageUri)
    addTags(platform, arn, Tags)
    saveProcessingJob(platform, { name, arn, request, status: 'InProgress', createdAt: platform.clock.now() })
    runningJobs(platform).start(arn, (signal) => runProcessingJob(platform, name, signal))
    return { ProcessingJobArn: arn }
  },
})
