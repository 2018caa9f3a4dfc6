import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineLogsOperation } from './define-logs-operation.ts'
import { LogGroupName, logGroupOf, permission } from './log-groups.ts'
import { LogStreamName, logStreamsOf, streamKey } from './log-streams.ts'

export default defineLogsOperation({
  name: 'CreateLogStream',
  input: z.strictObject({ logGroupName: LogGroupName, logStreamName: LogStreamName }),
  needs: ({ logGroupName }, platform) => [permission(platform, 'CreateLogStream', logGroupName)],
  run: ({ logGroupName, logStreamName: name }, { platform }) => {
    const key = streamKey({ group: logGroupOf(platform, logGroupName).name, stream: name })
    if (logStreamsOf(platform).get(key))
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
    logStreamsOf(platform).put(key, { name, created: platform.clock.now() })
  },
})
