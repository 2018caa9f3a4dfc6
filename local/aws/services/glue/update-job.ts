import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { passRole } from '../../core/policy/pass-role.ts'
import { existingJob, jobMembers, jobName, jobs, needs, roleArn } from './jobs.ts'

/** What the update does not name is gone, as with Glue. */
export default defineOperation({
  service: 'glue',
  name: 'UpdateJob',
  input: z.strictObject({ JobName: jobName, JobUpdate: z.strictObject(jobMembers) }),
  needs: ({ JobName, JobUpdate }, platform) => [
    ...needs(platform, 'UpdateJob', JobName),
    passRole(roleArn(platform, JobUpdate.Role), 'glue.amazonaws.com'),
  ],
  run({ JobName, JobUpdate }, { platform }) {
    const { created, tags } = existingJob(platform, JobName)
    jobs(platform).put(JobName, { ...JobUpdate, Name: JobName, created, modified: platform.clock.now(), tags })
    return { JobName }
  },
})
