import type { Platform } from '../../core/platform.ts'
import type { StreamPlace } from './log-streams.ts'
import { streamKey } from './log-streams.ts'

export interface LogEventRecord {
  /** 56 digits, time first: the order of ids is the order of events, also across the streams of a group. */
  readonly id: string
  readonly timestamp: number
  readonly ingestionTime: number
  readonly message: string
}

const pageSize = 1000
const overheadBytes = 26

/** What CloudWatch counts for an event. */
export const billedBytes = (message: string): number => Buffer.byteLength(message) + overheadBytes

const timeDigits = (timestamp: number) => String(timestamp).padStart(20, '0')
export const eventId = (timestamp: number, number: number): string =>
  `${timeDigits(timestamp)}${String(number).padStart(36, '0')}`

export const logEventsOf = ({ store }: Platform) => store.table<LogEventRecord>('logs.events')
export const eventKey = (place: StreamPlace, id: string): string => `${streamKey(place)}:${id}`

/** A part of a stream: times in ms since 1970, `start` inclusive, `end` and the ids exclusive. */
export interface EventRange {
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly afterId?: string | undefined
  readonly beforeId?: string | undefined
}

/** The events of a stream, in order. */
export function* eventsIn(platform: Platform, place: StreamPlace, range: EventRange = {}): Generator<LogEventRecord> {
  const { start = 0, end = Infinity, afterId = '', beforeId } = range
  const from = timeDigits(start)
  let after = eventKey(place, from > afterId ? from : afterId)
  for (;;) {
    const page = logEventsOf(platform).list({ prefix: eventKey(place, ''), after, limit: pageSize })
    for (const { value } of page) {
      if (value.timestamp >= end || (beforeId !== undefined && value.id >= beforeId)) return
      yield value
    }
    const last = page.at(-1)
    if (page.length < pageSize || !last) return
    after = last.key
  }
}

/** Removes all events of a stream; returns the bytes that are free now. */
export const removeEvents = (platform: Platform, place: StreamPlace): number => {
  let freedBytes = 0
  for (const { id, message } of eventsIn(platform, place)) {
    logEventsOf(platform).delete(eventKey(place, id))
    freedBytes += billedBytes(message)
  }
  return freedBytes
}
