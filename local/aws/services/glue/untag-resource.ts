import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { jobs, taggedJob } from './jobs.ts'

export default defineOperation({
  service: 'glue',
  name: 'UntagResource',
  input: z.strictObject({ ResourceArn: z.string(), TagsToRemove: z.array(z.string().min(1).max(128)) }),
  needs: ({ ResourceArn }) => [{ action: 'glue:UntagResource', resource: ResourceArn }],
  run({ ResourceArn, TagsToRemove }, { platform }) {
    const job = taggedJob(platform, ResourceArn)
    const tags = Object.fromEntries(Object.entries(job.tags).filter(([key]) => !TagsToRemove.includes(key)))
    jobs(platform).put(job.Name, { ...job, tags })
    return {}
  },
})
