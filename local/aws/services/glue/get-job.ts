import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedJob, existingJob, jobName, needs } from './jobs.ts'

export default defineOperation({
  service: 'glue',
  name: 'GetJob',
  input: z.strictObject({ JobName: jobName }),
  needs: ({ JobName }, platform) => needs(platform, 'GetJob', JobName),
  run: ({ JobName }, { platform }) => ({ Job: describedJob(existingJob(platform, JobName)) }),
})
