import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { LogGroupIdentifier, logGroupArn, logGroupOf, logGroupsOf, Tags } from './log-groups.ts'

export default defineOperation({
  service: 'logs',
  name: 'TagResource',
  input: z.strictObject({ resourceArn: LogGroupIdentifier, tags: Tags }),
  needs: ({ resourceArn }, platform) => [{ action: 'logs:TagResource', resource: logGroupArn(platform, resourceArn) }],
  run: ({ resourceArn: name, tags }, { platform }) => {
    const group = logGroupOf(platform, name)
    logGroupsOf(platform).put(name, { ...group, tags: { ...group.tags, ...tags } })
  },
})
