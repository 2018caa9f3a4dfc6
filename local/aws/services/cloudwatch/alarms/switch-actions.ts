import type { Platform } from '../../../core/platform.ts'
import { alarmsOf } from './alarm.ts'

/** Lets alarms act, or keeps them from it; names of no alarm are passed over, as CloudWatch does. */
export const switchActions = (platform: Platform, names: readonly string[], ActionsEnabled: boolean) => {
  for (const name of names) {
    const alarm = alarmsOf(platform).get(name)
    if (alarm) alarmsOf(platform).put(name, { ...alarm, request: { ...alarm.request, ActionsEnabled } })
  }
  return {}
}
