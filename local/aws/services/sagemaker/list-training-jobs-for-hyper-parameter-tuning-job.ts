import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnOf } from './names.ts'
import { pageInput, pageOf, sorted } from './paging.ts'
import { scoreOf } from './tuning/objective.ts'
import { tuningJobName } from './tuning/request.ts'
import { summaryOf, trainingJobsOf, tuningJob } from './tuning/tuning-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListTrainingJobsForHyperParameterTuningJob',
  input: z.strictObject({
    ...pageInput,
    HyperParameterTuningJobName: tuningJobName,
    StatusEquals: z.enum(['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']).optional(),
    SortBy: z.enum(['Name', 'CreationTime', 'Status', 'FinalObjectiveMetricValue']).default('Name'),
    SortOrder: z.enum(['Ascending', 'Descending']).default('Ascending'),
  }),
  needs: ({ HyperParameterTuningJobName: name }, platform) => [
    {
      action: 'sagemaker:ListTrainingJobsForHyperParameterTuningJob',
      resource: arnOf(platform, 'hyper-parameter-tuning-job', name),
    },
  ],
  run: ({ HyperParameterTuningJobName: name, StatusEquals, SortBy, SortOrder, ...input }, { platform }) => {
    const job = tuningJob(platform, name)
    const trained = trainingJobsOf(platform, job).map((each) => ({ ...each, score: scoreOf(job, each) }))
    const found = trained.filter(
      ({ status, score }) =>
        (StatusEquals === undefined || status === StatusEquals) &&
        (SortBy !== 'FinalObjectiveMetricValue' || score !== undefined),
    )
    const by = {
      Name: ({ name }: (typeof found)[number]) => name,
      CreationTime: ({ createdAt }: (typeof found)[number]) => createdAt,
      Status: ({ status }: (typeof found)[number]) => status,
      // The best come first in ascending order, whether the objective is to be large or small.
      FinalObjectiveMetricValue: ({ score = 0 }: (typeof found)[number]) => -score,
    }
    const { items, NextToken } = pageOf(sorted(found, by[SortBy], SortOrder), input)
    return { TrainingJobSummaries: items.map((trained) => summaryOf(job, trained)), NextToken }
  },
})
