import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnOf, resourceName } from './names.ts'
import { describeProcessingJob, processingJob } from './processing/processing-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DescribeProcessingJob',
  input: z.strictObject({ ProcessingJobName: resourceName }),
  needs: ({ ProcessingJobName }, platform) => [
    { action: 'sagemaker:DescribeProcessingJob', resource: arnOf(platform, 'processing-job', ProcessingJobName) },
  ],
  run: ({ ProcessingJobName }, { platform }) => describeProcessingJob(processingJob(platform, ProcessingJobName)),
})
