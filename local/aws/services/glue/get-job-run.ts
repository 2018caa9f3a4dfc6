import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedRun, existingRun } from './job-runs.ts'
import { jobName, needs } from './jobs.ts'

export default defineOperation({
  service: 'glue',
  name: 'GetJobRun',
  input: z.strictObject({ JobName: jobName, RunId: z.string(), PredecessorsIncluded: z.boolean().optional() }),
  needs: ({ JobName }, platform) => needs(platform, 'GetJobRun', JobName),
  run: ({ JobName, RunId }, { platform }) => ({ JobRun: describedRun(existingRun(platform, JobName, RunId)) }),
})
