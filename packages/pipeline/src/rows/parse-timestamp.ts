const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/

const earliest = Date.UTC(1900, 0) * 1000
const latest = Date.UTC(2200, 0) * 1000

/** Microseconds since 1970, or why there are none. */
export type ParsedTimestamp =
  | { readonly micros: bigint }
  | { readonly reason: 'bad-timestamp' | 'no-time-zone' | 'wrong-unit'; readonly problem: string }

const bad = (problem: string): ParsedTimestamp => ({ reason: 'bad-timestamp', problem })

/** Refuses what lies outside the years 1900 to 2199: milliseconds taken for seconds end in the year 30,000 and beyond. */
export const plausible = (micros: bigint | number): ParsedTimestamp =>
  micros >= earliest && micros < latest
    ? { micros: BigInt(micros) }
    : { reason: 'wrong-unit', problem: 'lies outside the years 1900 to 2199: is the unit right?' }

const offsetMinutes = (zone: string) => {
  if (zone === '' || zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return zone.startsWith('-') ? -minutes : minutes
}

const two = (text: string, at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
const zoneAt = (text: string) => {
  let at = 16 // behind the minute
  while (at < text.length && (text[at] === ':' || text[at] === '.' || isDigit(text.charCodeAt(at)))) at += 1
  return at
}
const isDigit = (code: number) => code >= 48 && code <= 57

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const daysIn = (year: number, month: number) => (month === 2 && isLeap(year) ? 29 : (days[month - 1] ?? 0))

/** The calendar repeats itself after 400 years, and `Date.UTC` takes the years 0 to 99 for others. */
const cycleMs = 146_097 * 86_400_000

/** ISO 8601 date and time; digits beyond the microsecond are cut off. Text without a zone needs `zone`. */
export const parseTimestamp = (text: string, zone?: 'UTC'): ParsedTimestamp => {
  if (!iso.test(text)) return bad('is not an ISO 8601 date and time')
  const end = zoneAt(text)
  if (end === text.length && zone === undefined) return { reason: 'no-time-zone', problem: 'has no time zone' }
  const [year, month, day] = [two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8)]
  const [hour, minute, second] = [two(text, 11), two(text, 14), end > 16 ? two(text, 17) : 0]
  const real = day > 0 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60
  if (!real) return bad('is no real date and time')
  const offset = offsetMinutes(text.slice(end))
  if (Math.abs(offset) > 18 * 60) return bad('has no real time zone')
  const ms = Date.UTC(year + 400, month - 1, day, hour, minute - offset, second) - cycleMs
  return plausible(ms * 1000 + (end > 19 ? Number(text.slice(20, end).padEnd(6, '0').slice(0, 6)) : 0))
}

/** Microseconds as ISO 8601 text in UTC, with as many digits of the second as it has. */
export const formatTimestamp = (micros: bigint): string => {
  const rest = ((micros % 1000n) + 1000n) % 1000n
  const text = new Date(Number((micros - rest) / 1000n)).toISOString()
  return rest === 0n ? text : text.replace('Z', `${String(rest).padStart(3, '0')}Z`)
}
