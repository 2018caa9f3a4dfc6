import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnOf, resourceName } from './names.ts'
import { describeTransformJob, transformJob } from './transform/transform-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DescribeTransformJob',
  input: z.strictObject({ TransformJobName: resourceName }),
  needs: ({ TransformJobName }, platform) => [
    { action: 'sagemaker:DescribeTransformJob', resource: arnOf(platform, 'transform-job', TransformJobName) },
  ],
  run: ({ TransformJobName }, { platform }) => describeTransformJob(transformJob(platform, TransformJobName)),
})
