import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { listInput, pageOf, selected, sorted } from './paging.ts'
import { seconds, secondsOrNone } from './timestamps.ts'
import { secondaryStatus, trainingJobs } from './training/training-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListTrainingJobs',
  input: z.strictObject({
    ...listInput,
    StatusEquals: z.enum(['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']).optional(),
    SortBy: z.enum(['Name', 'CreationTime', 'Status']).default('CreationTime'),
  }),
  needs: () => [{ action: 'sagemaker:ListTrainingJobs', resource: '*' }],
  run: ({ StatusEquals, SortBy, SortOrder = 'Ascending', ...input }, { platform }) => {
    const all = trainingJobs(platform)
      .list()
      .map(({ value }) => value)
      .filter(({ status }) => StatusEquals === undefined || status === StatusEquals)
    const by = { Name: 'name', CreationTime: 'createdAt', Status: 'status' } as const
    const { items, NextToken } = pageOf(
      sorted(selected(all, input), (job) => job[by[SortBy]], SortOrder),
      input,
    )
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
