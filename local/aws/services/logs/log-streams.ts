import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { logGroupArn, logGroupOf } from './log-groups.ts'

export interface LogStreamRecord {
  readonly name: string
  readonly created: number
  readonly firstEvent?: number | undefined
  readonly lastEvent?: number | undefined
  readonly lastIngestion?: number | undefined
}

/** Where a stream is; neither name can hold a colon. */
export interface StreamPlace {
  readonly group: string
  readonly stream: string
}

const streamName = /^[^:*]*$/
export const LogStreamName = z.string().min(1).max(512).regex(streamName)

export const logStreamsOf = ({ store }: Platform) => store.table<LogStreamRecord>('logs.streams')
export const streamKey = ({ group, stream }: StreamPlace): string => `${group}:${stream}`
export const logStreamArn = (platform: Platform, { group, stream }: StreamPlace): string =>
  `${logGroupArn(platform, group)}:log-stream:${stream}`

/** The stream, or ResourceNotFoundException. */
export const logStreamOf = (platform: Platform, place: StreamPlace): LogStreamRecord => {
  logGroupOf(platform, place.group)
  const stream = logStreamsOf(platform).get(streamKey(place))
  if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')
  return stream
}

/** The streams of a group whose names start with `prefix`, by name. */
export const streamsIn = (platform: Platform, group: string, prefix = ''): LogStreamRecord[] =>
  logStreamsOf(platform)
    .list({ prefix: streamKey({ group, stream: prefix }) })
    .map(({ value }) => value)
