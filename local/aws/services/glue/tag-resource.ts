import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { jobs, jobTags, taggedJob } from './jobs.ts'

export default defineOperation({
  service: 'glue',
  name: 'TagResource',
  input: z.strictObject({ ResourceArn: z.string(), TagsToAdd: jobTags }),
  needs: ({ ResourceArn }) => [{ action: 'glue:TagResource', resource: ResourceArn }],
  run({ ResourceArn, TagsToAdd }, { platform }) {
    const job = taggedJob(platform, ResourceArn)
    jobs(platform).put(job.Name, { ...job, tags: { ...job.tags, ...TagsToAdd } })
    return {}
  },
})
