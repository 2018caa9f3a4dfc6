import type { Platform } from '../../core/platform.ts'
import type { LogGroupRecord } from './log-groups.ts'
import { horizonOf } from './retention.ts'

const hourMs = 3_600_000
const oldestMs = 14 * 24 * hourMs
const newestMs = 2 * hourMs

/** Splits a batch in chronological order: CloudWatch takes no event that is too old, expired, or too far in the future. */
export const acceptedOf = <E extends { readonly timestamp: number }>(
  platform: Platform,
  group: LogGroupRecord,
  events: readonly E[],
) => {
  const now = platform.clock.now()
  const countBefore = (time: number) => events.filter(({ timestamp }) => timestamp < time).length
  const tooOld = countBefore(now - oldestMs)
  const expired = countBefore(horizonOf(platform, group))
  const tooNew = countBefore(now + newestMs + 1)
  const rejected = {
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
    ...(tooNew < events.length && { tooNewLogEventStartIndex: tooNew }),
  }
  return {
    accepted: events.slice(Math.max(tooOld, expired), tooNew),
    rejectedLogEventsInfo: Object.keys(rejected).length > 0 ? rejected : undefined,
  }
}
