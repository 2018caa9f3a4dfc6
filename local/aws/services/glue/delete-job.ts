import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { jobName, jobs, needs } from './jobs.ts'

/** A job that is not there is no error. */
export default defineOperation({
  service: 'glue',
  name: 'DeleteJob',
  input: z.strictObject({ JobName: jobName }),
  needs: ({ JobName }, platform) => needs(platform, 'DeleteJob', JobName),
  run({ JobName }, { platform }) {
    jobs(platform).delete(JobName)
    return { JobName }
  },
})
