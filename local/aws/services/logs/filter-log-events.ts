import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { defineLogsOperation } from './define-logs-operation.ts'
import { compileFilter } from './filter/compile-filter.ts'
import type { LogEventRecord } from './log-events.ts'
import { eventsIn } from './log-events.ts'
import { LogGroup, logGroupOfRequest } from './log-group-of-request.ts'
import { logGroupOf, permission } from './log-groups.ts'
import { LogStreamName, logStreamOf, streamsIn } from './log-streams.ts'
import { pageOf } from './reply-page.ts'
import { expire } from './retention.ts'

interface Choice {
  readonly logStreamNames?: readonly string[] | undefined
  readonly logStreamNamePrefix?: string | undefined
}

const chosen = (platform: Platform, group: string, { logStreamNames, logStreamNamePrefix }: Choice): string[] => {
  if (logStreamNames && logStreamNamePrefix !== undefined) {
    const message = 'Parameters logStreamNames and logStreamNamePrefix cannot be used together.'
    throw new AwsError('InvalidParameterException', message)
  }
  if (!logStreamNames) return streamsIn(platform, group, logStreamNamePrefix).map(({ name }) => name)
  return [...new Set(logStreamNames)].map((stream) => logStreamOf(platform, { group, stream }).name)
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

export default defineLogsOperation({
  name: 'FilterLogEvents',
  input: z.strictObject({
    ...LogGroup,
    logStreamNames: z.array(LogStreamName).min(1).max(100).optional(),
    logStreamNamePrefix: LogStreamName.optional(),
    startTime: z.int().min(0).optional(),
    endTime: z.int().min(0).default(Number.MAX_SAFE_INTEGER),
    filterPattern: z.string().max(1024).default(''),
    nextToken: z
      .string()
      .regex(/^\d{56}$/)
      .optional(),
    limit: z.int().min(1).max(10_000).default(10_000),
    /** Deprecated on AWS: replies are interleaved whatever it says. */
    interleaved: z.boolean().optional(),
    unmask: z.boolean().default(false),
  }),
  needs: (input, platform) => [permission(platform, 'FilterLogEvents', logGroupOfRequest(input))],
  run: ({ startTime, endTime, filterPattern, nextToken, limit, ...request }, { platform }) => {
    const matches = compileFilter(filterPattern)
    const group = expire(platform, logGroupOf(platform, logGroupOfRequest(request))).name
    const range = { start: startTime, end: endTime + 1, afterId: nextToken }
    const found = chosen(platform, group, request).flatMap((stream) => {
      const held: (LogEventRecord & { logStreamName: string })[] = []
      for (const event of eventsIn(platform, { group, stream }, range)) {
        if (matches(event.message)) held.push({ ...event, logStreamName: stream })
        if (held.length > limit) break
      }
      return held
    })
    const events = pageOf(found.toSorted(byId), limit)
    return {
      events: events.map(({ id, logStreamName, timestamp, message, ingestionTime }) => ({
        eventId: id,
        logStreamName,
        timestamp,
        message,
        ingestionTime,
      })),
      searchedLogStreams: [],
      nextToken: events.length < found.length ? events.at(-1)?.id : undefined,
    }
  },
})
