import { perPlatform } from '../../core/per-platform.ts'

/** What a shard takes in a second. */
const most = { bytes: 1_048_576, records: 1000 }

/** A function that says whether a shard can take a record in the second of a time, and counts it if so. */
export const throughputOf = perPlatform(() => {
  const used = new Map<string, { second: number; bytes: number; records: number }>()
  return (shard: string, bytes: number, at: number): boolean => {
    const second = Math.floor(at / 1000)
    const before = used.get(shard)
    const now = before?.second === second ? before : { second, bytes: 0, records: 0 }
    // A record larger than a second's share goes through by itself.
    if (now.records >= most.records || (now.records > 0 && now.bytes + bytes > most.bytes)) return false
    used.set(shard, { second, bytes: now.bytes + bytes, records: now.records + 1 })
    return true
  }
})
