import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineLogsOperation } from './define-logs-operation.ts'
import type { EventRange, LogEventRecord } from './log-events.ts'
import { eventsIn } from './log-events.ts'
import { LogGroup, logGroupOfRequest } from './log-group-of-request.ts'
import { logGroupOf, permission } from './log-groups.ts'
import { LogStreamName, logStreamOf } from './log-streams.ts'
import { pageOf } from './reply-page.ts'
import { expire } from './retention.ts'

const tokenForm = /^(?<direction>[fb])\/(?<id>\d{56})\/s$/

const positionOf = (token: string): Pick<EventRange, 'afterId' | 'beforeId'> => {
  const { direction, id } = tokenForm.exec(token)?.groups ?? {}
  if (id === undefined) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.')
  return direction === 'f' ? { afterId: id } : { beforeId: id }
}

const moved = (id: string, by: bigint) => String(BigInt(id) + by).padStart(56, '0')

/** Where to go on from a page; from an empty one, where it was asked for. */
const tokensOf = (page: readonly LogEventRecord[], { afterId, beforeId }: EventRange) => {
  const [first, last] = [page[0]?.id, page.at(-1)?.id]
  return {
    nextForwardToken: `f/${last ?? afterId ?? (beforeId === undefined ? moved('0', 0n) : moved(beforeId, -1n))}/s`,
    nextBackwardToken: `b/${first ?? beforeId ?? moved(afterId ?? '0', 1n)}/s`,
  }
}

export default defineLogsOperation({
  name: 'GetLogEvents',
  input: z.strictObject({
    ...LogGroup,
    logStreamName: LogStreamName,
    startTime: z.int().min(0).optional(),
    endTime: z.int().min(0).optional(),
    nextToken: z.string().min(1).optional(),
    limit: z.int().min(1).max(10_000).default(10_000),
    startFromHead: z.boolean().default(false),
    unmask: z.boolean().default(false),
  }),
  needs: (input, platform) => [permission(platform, 'GetLogEvents', logGroupOfRequest(input), input.logStreamName)],
  run: ({ logStreamName, startTime, endTime, nextToken, limit, startFromHead, ...request }, { platform }) => {
    const place = { group: logGroupOfRequest(request), stream: logStreamName }
    expire(platform, logGroupOf(platform, place.group))
    logStreamOf(platform, place)
    const position = nextToken === undefined ? {} : positionOf(nextToken)
    const range = eventsIn(platform, place, { start: startTime, end: endTime, ...position })
    const forward = position.afterId !== undefined || (startFromHead && position.beforeId === undefined)
    const events = forward ? pageOf(range, limit) : pageOf([...range].toReversed(), limit).toReversed()
    return {
      events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      ...tokensOf(events, position),
    }
  },
})
