const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?$/

const earliest = BigInt(Date.UTC(1900, 0)) * 1000n
const latest = BigInt(Date.UTC(2200, 0)) * 1000n

/** Microseconds since 1970, or why there are none. */
export type ParsedTimestamp =
  | { readonly micros: bigint }
  | { readonly reason: 'bad-timestamp' | 'no-time-zone' | 'wrong-unit'; readonly problem: string }

const bad = (problem: string): ParsedTimestamp => ({ reason: 'bad-timestamp', problem })

/** Refuses what lies outside the years 1900 to 2199: milliseconds taken for seconds end in the year 30,000 and beyond. */
export const plausible = (micros: bigint): ParsedTimestamp =>
  micros >= earliest && micros < latest
    ? { micros }
    : { reason: 'wrong-unit', problem: 'lies outside the years 1900 to 2199: is the unit right?' }

const offsetMinutes = (zone: string) => {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return zone.startsWith('-') ? -minutes : minutes
}

/** ISO 8601 date and time; digits beyond the microsecond are cut off. Text without a zone needs `zone`. */
export const parseTimestamp = (text: string, zone?: 'UTC'): ParsedTimestamp => {
  const [, year, month, day, hour, minute, second = '0', fraction = '', named] = iso.exec(text) ?? []
  if (year === undefined) return bad('is not an ISO 8601 date and time')
  if (named === undefined && zone === undefined) return { reason: 'no-time-zone', problem: 'has no time zone' }
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = [year, month, day, hour, minute, second].map(Number)
  const date = new Date(0)
  date.setUTCFullYear(y, mo - 1, d)
  const real = date.getUTCMonth() === mo - 1 && date.getUTCDate() === d && h < 24 && mi < 60 && s < 60
  if (!real) return bad('is no real date and time')
  const offset = offsetMinutes(named ?? 'Z')
  if (Math.abs(offset) > 18 * 60) return bad('has no real time zone')
  const seconds = date.getTime() / 1000 + h * 3600 + (mi - offset) * 60 + s
  return plausible(BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6)))
}

/** Microseconds as ISO 8601 text in UTC, with as many digits of the second as it has. */
export const formatTimestamp = (micros: bigint): string => {
  const rest = ((micros % 1000n) + 1000n) % 1000n
  const text = new Date(Number((micros - rest) / 1000n)).toISOString()
  return rest === 0n ? text : text.replace('Z', `${String(rest).padStart(3, '0')}Z`)
}
