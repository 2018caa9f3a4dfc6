import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { listInput, pageOf, selected, sorted } from './paging.ts'
import { seconds, secondsOrNone } from './timestamps.ts'
import { transformJobs } from './transform/transform-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListTransformJobs',
  input: z.strictObject({
    ...listInput,
    StatusEquals: z.enum(['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']).optional(),
    SortBy: z.enum(['Name', 'CreationTime', 'Status']).default('CreationTime'),
  }),
  needs: () => [{ action: 'sagemaker:ListTransformJobs', resource: '*' }],
  run: ({ StatusEquals, SortBy, SortOrder = 'Descending', ...input }, { platform }) => {
    const all = transformJobs(platform)
      .list()
      .map(({ value }) => value)
      .filter(({ status }) => StatusEquals === undefined || status === StatusEquals)
    const by = { Name: 'name', CreationTime: 'createdAt', Status: 'status' } as const
    const { items, NextToken } = pageOf(
      sorted(selected(all, input), (job) => job[by[SortBy]], SortOrder),
      input,
    )
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
