import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { taggedJob } from './jobs.ts'

export default defineOperation({
  service: 'glue',
  name: 'GetTags',
  input: z.strictObject({ ResourceArn: z.string() }),
  needs: ({ ResourceArn }) => [{ action: 'glue:GetTags', resource: ResourceArn }],
  run: ({ ResourceArn }, { platform }) => ({ Tags: taggedJob(platform, ResourceArn).tags }),
})
