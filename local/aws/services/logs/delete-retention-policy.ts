import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { LogGroupName, logGroupOf, logGroupsOf, permission } from './log-groups.ts'
import { expire } from './retention.ts'

export default defineOperation({
  service: 'logs',
  name: 'DeleteRetentionPolicy',
  input: z.strictObject({ logGroupName: LogGroupName }),
  needs: ({ logGroupName }, platform) => [permission(platform, 'DeleteRetentionPolicy', logGroupName)],
  run: ({ logGroupName }, { platform }) => {
    const group = expire(platform, logGroupOf(platform, logGroupName))
    logGroupsOf(platform).put(logGroupName, { ...group, retentionInDays: undefined })
  },
})
