import * as z from 'zod'
import { defineLogsOperation } from './define-logs-operation.ts'
import { removeEvents } from './log-events.ts'
import { LogGroupName, logGroupOf, logGroupsOf, permission } from './log-groups.ts'
import { LogStreamName, logStreamOf, logStreamsOf, streamKey } from './log-streams.ts'

export default defineLogsOperation({
  name: 'DeleteLogStream',
  input: z.strictObject({ logGroupName: LogGroupName, logStreamName: LogStreamName }),
  needs: ({ logGroupName, logStreamName }, platform) => [
    permission(platform, 'DeleteLogStream', logGroupName, logStreamName),
  ],
  run: ({ logGroupName, logStreamName }, { platform }) => {
    const place = { group: logGroupName, stream: logStreamName }
    logStreamOf(platform, place)
    platform.store.transaction(() => {
      const group = logGroupOf(platform, logGroupName)
      const freedBytes = removeEvents(platform, place)
      logStreamsOf(platform).delete(streamKey(place))
      logGroupsOf(platform).put(logGroupName, { ...group, storedBytes: group.storedBytes - freedBytes })
    })
  },
})
