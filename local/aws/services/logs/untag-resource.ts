import * as z from 'zod'
import { defineLogsOperation } from './define-logs-operation.ts'
import { LogGroupIdentifier, logGroupArn, logGroupOf, logGroupsOf } from './log-groups.ts'

export default defineLogsOperation({
  name: 'UntagResource',
  input: z.strictObject({ resourceArn: LogGroupIdentifier, tagKeys: z.array(z.string().min(1).max(128)).max(50) }),
  needs: ({ resourceArn }, platform) => [
    { action: 'logs:UntagResource', resource: logGroupArn(platform, resourceArn) },
  ],
  run: ({ resourceArn: name, tagKeys }, { platform }) => {
    const group = logGroupOf(platform, name)
    const tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !tagKeys.includes(key)))
    logGroupsOf(platform).put(name, { ...group, tags })
  },
})
