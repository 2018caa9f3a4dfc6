import * as z from 'zod'
import { defineLogsOperation } from './define-logs-operation.ts'
import { LogGroupIdentifier, logGroupArn, logGroupOf } from './log-groups.ts'

export default defineLogsOperation({
  name: 'ListTagsForResource',
  input: z.strictObject({ resourceArn: LogGroupIdentifier }),
  needs: ({ resourceArn }, platform) => [
    { action: 'logs:ListTagsForResource', resource: logGroupArn(platform, resourceArn) },
  ],
  run: ({ resourceArn }, { platform }) => ({ tags: logGroupOf(platform, resourceArn).tags }),
})
