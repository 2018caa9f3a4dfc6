import * as z from 'zod'
import { defineLogsOperation } from './define-logs-operation.ts'
import { LogGroupIdentifier, logGroupArn, logGroupOf, logGroupsOf, Tags } from './log-groups.ts'

export default defineLogsOperation({
  name: 'TagResource',
  input: z.strictObject({ resourceArn: LogGroupIdentifier, tags: Tags }),
  needs: ({ resourceArn }, platform) => [{ action: 'logs:TagResource', resource: logGroupArn(platform, resourceArn) }],
  run: ({ resourceArn: name, tags }, { platform }) => {
    const group = logGroupOf(platform, name)
    logGroupsOf(platform).put(name, { ...group, tags: { ...group.tags, ...tags } })
  },
})
