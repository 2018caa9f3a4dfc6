import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { statusListInput, statusPage } from './paging.ts'
import { seconds, secondsOrNone } from './timestamps.ts'
import { transformJobs } from './transform/transform-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListTransformJobs',
  input: z.strictObject(statusListInput),
  needs: () => [{ action: 'sagemaker:ListTransformJobs', resource: '*' }],
  run: ({ SortOrder = 'Descending', ...input }, { platform }) => {
    const { items, NextToken } = statusPage(transformJobs(platform), { ...input, SortOrder })
    return {
      TransformJobSummaries: items.map((job) => ({
        TransformJobName: job.name,
        TransformJobArn: job.arn,
        CreationTime: seconds(job.createdAt),
        TransformEndTime: secondsOrNone(job.endedAt),
        TransformJobStatus: job.status,
        FailureReason: job.failureReason,
      })),
      NextToken,
    }
  },
})
