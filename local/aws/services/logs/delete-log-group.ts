import * as z from 'zod'
import { defineLogsOperation } from './define-logs-operation.ts'
import { removeEvents } from './log-events.ts'
import { LogGroupName, logGroupOf, logGroupsOf, permission } from './log-groups.ts'
import { logStreamsOf, streamKey, streamsIn } from './log-streams.ts'

export default defineLogsOperation({
  name: 'DeleteLogGroup',
  input: z.strictObject({ logGroupName: LogGroupName }),
  needs: ({ logGroupName }, platform) => [permission(platform, 'DeleteLogGroup', logGroupName)],
  run: ({ logGroupName }, { platform }) => {
    const group = logGroupOf(platform, logGroupName).name
    platform.store.transaction(() => {
      for (const { name } of streamsIn(platform, group)) {
        removeEvents(platform, { group, stream: name })
        logStreamsOf(platform).delete(streamKey({ group, stream: name }))
      }
      logGroupsOf(platform).delete(group)
    })
  },
})
