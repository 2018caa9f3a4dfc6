import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedRun, runsOf } from './job-runs.ts'
import { existingJob, jobName, needs } from './jobs.ts'

export default defineOperation({
  service: 'glue',
  name: 'GetJobRuns',
  input: z.strictObject({
    JobName: jobName,
    NextToken: z.string().optional(),
    MaxResults: z.int().min(1).max(200).default(200),
  }),
  needs: ({ JobName }, platform) => needs(platform, 'GetJobRuns', JobName),
  run({ JobName, NextToken, MaxResults }, { platform }) {
    existingJob(platform, JobName)
    const all = runsOf(platform, JobName)
    const first = NextToken === undefined ? 0 : all.findIndex(({ Id }) => Id === NextToken) + 1
    const page = all.slice(first, first + MaxResults)
    return {
      JobRuns: page.map(describedRun),
      ...(first + page.length < all.length && { NextToken: page.at(-1)?.Id }),
    }
  },
})
