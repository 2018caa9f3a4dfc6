import type { Platform } from '../../core/platform.ts'
import type { LogGroupRecord } from './log-groups.ts'
import { logGroupsOf } from './log-groups.ts'
import { billedBytes, eventKey, eventsIn, logEventsOf } from './log-events.ts'
import { logStreamsOf, streamKey, streamsIn } from './log-streams.ts'

const dayMs = 86_400_000

/** Events before this time have expired; without a retention policy none does. */
export const horizonOf = ({ clock }: Platform, { retentionInDays }: LogGroupRecord): number =>
  retentionInDays === undefined ? 0 : clock.now() - retentionInDays * dayMs

/** Removes what has expired of a group; every reader asks for this first, so nobody sees it. */
export const expire = (platform: Platform, group: LogGroupRecord): LogGroupRecord => {
  const horizon = horizonOf(platform, group)
  const aged = streamsIn(platform, group.name).filter(({ firstEvent = Infinity }) => firstEvent < horizon)
  if (aged.length === 0) return group
  return platform.store.transaction(() => {
    let freedBytes = 0
    for (const stream of aged) {
      const place = { group: group.name, stream: stream.name }
      let firstEvent: number | undefined
      for (const { id, timestamp, message } of eventsIn(platform, place)) {
        if (timestamp >= horizon) {
          firstEvent = timestamp
          break
        }
        logEventsOf(platform).delete(eventKey(place, id))
        freedBytes += billedBytes(message)
      }
      logStreamsOf(platform).put(streamKey(place), { ...stream, firstEvent })
    }
    const left = { ...group, storedBytes: group.storedBytes - freedBytes }
    logGroupsOf(platform).put(group.name, left)
    return left
  })
}
