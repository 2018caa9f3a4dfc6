import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineLogsOperation } from './define-logs-operation.ts'
import { LogGroup, logGroupOfRequest } from './log-group-of-request.ts'
import { logGroupOf, permission } from './log-groups.ts'
import type { LogStreamRecord } from './log-streams.ts'
import { logStreamArn, LogStreamName, streamsIn } from './log-streams.ts'
import { expire } from './retention.ts'

const byLastEvent = (a: LogStreamRecord, b: LogStreamRecord) => (a.lastEvent ?? 0) - (b.lastEvent ?? 0)

export default defineLogsOperation({
  name: 'DescribeLogStreams',
  input: z.strictObject({
    ...LogGroup,
    logStreamNamePrefix: LogStreamName.optional(),
    orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
    descending: z.boolean().default(false),
    limit: z.int().min(1).max(50).default(50),
    nextToken: z.string().min(1).optional(),
  }),
  needs: (input, platform) => [permission(platform, 'DescribeLogStreams', logGroupOfRequest(input))],
  run: ({ logStreamNamePrefix, orderBy, descending, limit, nextToken, ...request }, { platform }) => {
    if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
      const message = 'Cannot order by LastEventTime with a logStreamNamePrefix.'
      throw new AwsError('InvalidParameterException', message)
    }
    const group = expire(platform, logGroupOf(platform, logGroupOfRequest(request))).name
    const byName = streamsIn(platform, group, logStreamNamePrefix)
    const ascending = orderBy === 'LastEventTime' ? byName.toSorted(byLastEvent) : byName
    const streams = descending ? ascending.toReversed() : ascending
    const start = nextToken === undefined ? 0 : streams.findIndex(({ name }) => name === nextToken) + 1
    if (nextToken !== undefined && start === 0)
      throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.')
    const page = streams.slice(start, start + limit)
    return {
      logStreams: page.map(({ name, created, firstEvent, lastEvent, lastIngestion }) => ({
        logStreamName: name,
        arn: logStreamArn(platform, { group, stream: name }),
        creationTime: created,
        firstEventTimestamp: firstEvent,
        lastEventTimestamp: lastEvent,
        lastIngestionTime: lastIngestion,
        uploadSequenceToken: lastIngestion === undefined ? undefined : String(lastIngestion),
        storedBytes: 0,
      })),
      nextToken: start + limit < streams.length ? page.at(-1)?.name : undefined,
    }
  },
})
