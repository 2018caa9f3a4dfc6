import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { statusListInput, statusPage } from './paging.ts'
import { seconds, secondsOrNone } from './timestamps.ts'
import { secondaryStatus, trainingJobs } from './training/training-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListTrainingJobs',
  input: z.strictObject(statusListInput),
  needs: () => [{ action: 'sagemaker:ListTrainingJobs', resource: '*' }],
  run: ({ SortOrder = 'Ascending', ...input }, { platform }) => {
    const { items, NextToken } = statusPage(trainingJobs(platform), { ...input, SortOrder })
    return {
      TrainingJobSummaries: items.map((job) => ({
        TrainingJobName: job.name,
        TrainingJobArn: job.arn,
        CreationTime: seconds(job.createdAt),
        TrainingEndTime: secondsOrNone(job.endedAt),
        LastModifiedTime: seconds(job.modifiedAt),
        TrainingJobStatus: job.status,
        SecondaryStatus: secondaryStatus(job),
      })),
      NextToken,
    }
  },
})
