import type { Platform } from '../../core/platform.ts'
import { afterVersions, walkVersions } from './versions.ts'
import type { Version } from './versions.ts'

/** One page of a listing: entries and the prefixes that were rolled up, in the order of their keys. */
export interface Page {
  readonly entries: readonly Version[]
  readonly prefixes: readonly string[]
  readonly truncated: boolean
  /** The last key or rolled-up prefix of the page: where the next one starts after. */
  readonly last: string
}

const afterEverything = '\u{10ffff}'

/** Lists keys after `after`: the newest version of each, or with `every` all versions and delete markers. */
export const listKeys = (
  platform: Platform,
  bucket: string,
  options: { prefix: string; delimiter: string; after: string; limit: number; every?: boolean },
): Page => {
  const { prefix, delimiter, after, limit, every = false } = options
  const entries: Version[] = []
  const prefixes: string[] = []
  let last = ''
  const rolledUp = delimiter !== '' && after.endsWith(delimiter) && after.startsWith(prefix)
  let place = after === '' ? '' : rolledUp ? after + afterEverything : afterVersions(after)
  for (let again = true; again;) {
    again = false
    let previous: string | undefined
    for (const version of walkVersions(platform, bucket, { prefix, after: place })) {
      const { key } = version
      const older = key === previous
      previous = key
      if (!every && (older || version.deleteMarker)) continue
      if (entries.length + prefixes.length >= limit && !(every && older))
        return { entries, prefixes, truncated: true, last }
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
      if (end < 0) {
        entries.push(version)
        last = key
        continue
      }
      last = key.slice(0, end + delimiter.length)
      prefixes.push(last)
      place = last + afterEverything
      again = true
      break
    }
  }
  return { entries, prefixes, truncated: false, last }
}
