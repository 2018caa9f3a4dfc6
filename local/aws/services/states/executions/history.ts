import type { HistoryEvent } from '@hopline/local-states'
import type { Platform } from '../../../core/platform.ts'

const table = (platform: Platform) => platform.store.table<HistoryEvent>('states.history')
const keyOf = (key: string, id: number) => `${key}:${String(id).padStart(6, '0')}`

export const appendEvent = (platform: Platform, key: string, event: HistoryEvent): void =>
  table(platform).put(keyOf(key, event.id), event)

/** The history of an execution, oldest event first. */
export const historyOf = (platform: Platform, key: string): HistoryEvent[] =>
  table(platform)
    .list({ prefix: `${key}:` })
    .map(({ value }) => value)

export const forgetHistory = (platform: Platform, key: string): void => {
  for (const { id } of historyOf(platform, key)) table(platform).delete(keyOf(key, id))
}
