import * as z from 'zod'
import { defineLogsOperation } from './define-logs-operation.ts'
import { LogGroupName, logGroupOf, logGroupsOf, permission } from './log-groups.ts'
import { expire } from './retention.ts'

export default defineLogsOperation({
  name: 'DeleteRetentionPolicy',
  input: z.strictObject({ logGroupName: LogGroupName }),
  needs: ({ logGroupName }, platform) => [permission(platform, 'DeleteRetentionPolicy', logGroupName)],
  run: ({ logGroupName }, { platform }) => {
    const group = expire(platform, logGroupOf(platform, logGroupName))
    logGroupsOf(platform).put(logGroupName, { ...group, retentionInDays: undefined })
  },
})
