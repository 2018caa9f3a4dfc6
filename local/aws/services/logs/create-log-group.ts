import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineLogsOperation } from './define-logs-operation.ts'
import { LogGroupName, logGroupsOf, permission, Tags } from './log-groups.ts'

export default defineLogsOperation({
  name: 'CreateLogGroup',
  input: z.strictObject({
    logGroupName: LogGroupName,
    kmsKeyId: z.string().max(256).optional(),
    tags: Tags.default({}),
    logGroupClass: z.enum(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']).default('STANDARD'),
  }),
  needs: ({ logGroupName }, platform) => [permission(platform, 'CreateLogGroup', logGroupName)],
  run: ({ logGroupName: name, kmsKeyId, tags, logGroupClass }, { platform }) => {
    if (logGroupsOf(platform).get(name))
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')
    const created = platform.clock.now()
    logGroupsOf(platform).put(name, { name, created, kmsKeyId, tags, logGroupClass, storedBytes: 0, events: 0 })
  },
})
