import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { statusListInput, statusPage } from './paging.ts'
import { seconds, secondsOrNone } from './timestamps.ts'
import { countersOf, trainingJobsOf, tuningJobs } from './tuning/tuning-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListHyperParameterTuningJobs',
  input: z.strictObject(statusListInput),
  needs: () => [{ action: 'sagemaker:ListHyperParameterTuningJobs', resource: '*' }],
  run: ({ SortOrder = 'Ascending', ...input }, { platform }) => {
    const { items, NextToken } = statusPage(tuningJobs(platform), { ...input, SortOrder })
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
