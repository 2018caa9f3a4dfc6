import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { statusListInput, statusPage } from './paging.ts'
import { processingJobs } from './processing/processing-job.ts'
import { seconds, secondsOrNone } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListProcessingJobs',
  input: z.strictObject(statusListInput),
  needs: () => [{ action: 'sagemaker:ListProcessingJobs', resource: '*' }],
  run: ({ SortOrder = 'Descending', ...input }, { platform }) => {
    const { items, NextToken } = statusPage(processingJobs(platform), { ...input, SortOrder })
    return {
      ProcessingJobSummaries: items.map((job) => ({
        ProcessingJobName: job.name,
        ProcessingJobArn: job.arn,
        CreationTime: seconds(job.createdAt),
        ProcessingEndTime: secondsOrNone(job.endedAt),
        LastModifiedTime: seconds(job.modifiedAt),
        ProcessingJobStatus: job.status,
        FailureReason: job.failureReason,
        ExitMessage: job.exitMessage,
      })),
      NextToken,
    }
  },
})
