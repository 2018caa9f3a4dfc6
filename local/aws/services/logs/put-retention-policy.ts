import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineLogsOperation } from './define-logs-operation.ts'
import { LogGroupName, logGroupOf, logGroupsOf, permission } from './log-groups.ts'
import { expire } from './retention.ts'

const allowedDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

export default defineLogsOperation({
  name: 'PutRetentionPolicy',
  input: z.strictObject({ logGroupName: LogGroupName, retentionInDays: z.int() }),
  needs: ({ logGroupName }, platform) => [permission(platform, 'PutRetentionPolicy', logGroupName)],
  run: ({ logGroupName, retentionInDays }, { platform }) => {
    if (!allowedDays.includes(retentionInDays)) {
      const message = `Value at 'retentionInDays' must be one of ${allowedDays.join(', ')}.`
      throw new AwsError('InvalidParameterException', message)
    }
    const group = expire(platform, logGroupOf(platform, logGroupName))
    logGroupsOf(platform).put(logGroupName, { ...group, retentionInDays })
  },
})
