import type { LogEventRecord } from './log-events.ts'
import { billedBytes } from './log-events.ts'

const mostBytes = 1_048_576

/** The first `limit` events that fit together into a reply's megabyte; one event always does. */
export const pageOf = <E extends Pick<LogEventRecord, 'message'>>(events: Iterable<E>, limit: number): E[] => {
  const page: E[] = []
  let bytes = 0
  for (const event of events) {
    bytes += billedBytes(event.message)
    if (page.length === limit || (bytes > mostBytes && page.length > 0)) break
    page.push(event)
  }
  return page
}
