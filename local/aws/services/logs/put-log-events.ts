import * as z from 'zod'
import { putEmbeddedMetrics } from '../../core/embedded-metrics.ts'
import { AwsError } from '../../core/errors.ts'
import { defineLogsOperation } from './define-logs-operation.ts'
import { billedBytes, eventId, eventKey, logEventsOf } from './log-events.ts'
import { LogGroupName, logGroupOf, logGroupsOf, permission } from './log-groups.ts'
import { LogStreamName, logStreamOf, logStreamsOf, streamKey } from './log-streams.ts'
import { acceptedOf } from './rejected-log-events.ts'

const dayMs = 86_400_000
const mostBytes = 1_048_576

const LogEvents = z
  .array(z.strictObject({ timestamp: z.int().min(0), message: z.string().min(1) }))
  .min(1)
  .max(10_000)

const refuse = (message: string) => new AwsError('InvalidParameterException', message)

const check = (events: z.infer<typeof LogEvents>) => {
  if (events.reduce((sum, { message }) => sum + billedBytes(message), 0) > mostBytes)
    throw refuse(`Upload too large: more than ${mostBytes} bytes, with 26 bytes an event.`)
  const times = events.map(({ timestamp }) => timestamp)
  if (times.some((time, index) => time < (times[index - 1] ?? 0)))
    throw refuse('Log events in a single PutLogEvents request must be in chronological order.')
  if ((times.at(-1) ?? 0) - (times[0] ?? 0) > dayMs)
    throw refuse('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
}

export default defineLogsOperation({
  name: 'PutLogEvents',
  input: z.strictObject({
    logGroupName: LogGroupName,
    logStreamName: LogStreamName,
    logEvents: LogEvents,
    /** CloudWatch takes any: sequence tokens have no meaning any more. */
    sequenceToken: z.string().min(1).optional(),
  }),
  needs: ({ logGroupName, logStreamName }, platform) => [
    permission(platform, 'PutLogEvents', logGroupName, logStreamName),
  ],
  run: ({ logGroupName, logStreamName, logEvents }, { platform }) => {
    const place = { group: logGroupName, stream: logStreamName }
    const stream = logStreamOf(platform, place)
    check(logEvents)
    const group = logGroupOf(platform, logGroupName)
    const { accepted, rejectedLogEventsInfo } = acceptedOf(platform, group, logEvents)
    const ingestionTime = platform.clock.now()
    const [first, last] = [accepted[0], accepted.at(-1)]
    if (first && last)
      platform.store.transaction(() => {
        for (const [index, { timestamp, message }] of accepted.entries()) {
          const id = eventId(timestamp, group.events + index)
          logEventsOf(platform).put(eventKey(place, id), { id, timestamp, ingestionTime, message })
        }
        logStreamsOf(platform).put(streamKey(place), {
          ...stream,
          firstEvent: Math.min(stream.firstEvent ?? Infinity, first.timestamp),
          lastEvent: Math.max(stream.lastEvent ?? 0, last.timestamp),
          lastIngestion: ingestionTime,
        })
        logGroupsOf(platform).put(logGroupName, {
          ...group,
          events: group.events + accepted.length,
          storedBytes: accepted.reduce((sum, { message }) => sum + billedBytes(message), group.storedBytes),
        })
      })
    putEmbeddedMetrics(
      platform,
      accepted.map(({ message }) => message),
    )
    return { nextSequenceToken: String(ingestionTime), rejectedLogEventsInfo }
  },
})
