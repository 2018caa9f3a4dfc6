import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { listInput, pageOf, selected, sorted } from './paging.ts'
import { seconds, secondsOrNone } from './timestamps.ts'
import { countersOf, trainingJobsOf, tuningJobs } from './tuning/tuning-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListHyperParameterTuningJobs',
  input: z.strictObject({
    ...listInput,
    StatusEquals: z.enum(['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']).optional(),
    SortBy: z.enum(['Name', 'CreationTime', 'Status']).default('CreationTime'),
  }),
  needs: () => [{ action: 'sagemaker:ListHyperParameterTuningJobs', resource: '*' }],
  run: ({ StatusEquals, SortBy, SortOrder = 'Ascending', ...input }, { platform }) => {
    const all = tuningJobs(platform)
      .list()
      .map(({ value }) => value)
      .filter(({ status }) => StatusEquals === undefined || status === StatusEquals)
    const by = { Name: 'name', CreationTime: 'createdAt', Status: 'status' } as const
    const { items, NextToken } = pageOf(
      sorted(selected(all, input), (job) => job[by[SortBy]], SortOrder),
      input,
    )
    return {
      HyperParameterTuningJobSummaries: items.map((job) => {
        const { Strategy, ResourceLimits } = job.request.HyperParameterTuningJobConfig
        return {
          HyperParameterTuningJobName: job.name,
          HyperParameterTuningJobArn: job.arn,
          HyperParameterTuningJobStatus: job.status,
          Strategy,
          ResourceLimits,
          CreationTime: seconds(job.createdAt),
          LastModifiedTime: seconds(job.modifiedAt),
          HyperParameterTuningEndTime: secondsOrNone(job.endedAt),
          ...countersOf(job, trainingJobsOf(platform, job)),
        }
      }),
      NextToken,
    }
  },
})
