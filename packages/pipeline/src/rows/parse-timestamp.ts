import { asBigint } from '../expression/as-bigint.ts'
import { epochDay } from './calendar.ts'
import { digitsAt } from './digits-at.ts'

const earliest = Date.UTC(1900, 0) * 1000
const latest = Date.UTC(2200, 0) * 1000

export interface TimestampProblem {
  readonly reason: 'bad-timestamp' | 'no-time-zone' | 'wrong-unit'
  readonly problem: string
}

/** Microseconds since 1970, or why there are none. */
export type ParsedTimestamp = bigint | TimestampProblem

const bad = (problem: string): ParsedTimestamp => ({ reason: 'bad-timestamp', problem })

/** Refuses what lies outside the years 1900 to 2199: milliseconds taken for seconds end in the year 30,000 and beyond. */
export const plausible = (micros: bigint | number): ParsedTimestamp =>
  micros >= earliest && micros < latest
    ? asBigint(micros)
    : { reason: 'wrong-unit', problem: 'lies outside the years 1900 to 2199: is the unit right?' }

const dash = 0x2d
const colon = 0x3a
const dot = 0x2e
const plus = 0x2b
const space = 0x20
const letterT = 0x54
const letterZ = 0x5a

const minuteEnd = 'YYYY-MM-DDThh:mm'.length
const secondEnd = 'YYYY-MM-DDThh:mm:ss'.length

const isSeparated = (text: string) => {
  const between = text.charCodeAt(10)
  return (
    text.charCodeAt(4) === dash &&
    text.charCodeAt(7) === dash &&
    (between === letterT || between === space) &&
    text.charCodeAt(13) === colon
  )
}

const digitsEnd = (text: string, from: number) => {
  let at = from
  while (digitsAt(text, at, 1) >= 0) at += 1
  return at
}

/** Microseconds of one to nine digits of a second; what is beyond the sixth is cut off. */
const fractionMicros = (text: string, from: number, end: number) => {
  const digits = Math.min(end - from, 6)
  return digits >= 1 && end - from <= 9 ? digitsAt(text, from, digits) * 10 ** (6 - digits) : Number.NaN
}

/** Minutes east of Greenwich by `Z`, `+hh:mm` or `+hhmm`; NaN for anything else. */
const offsetMinutes = (text: string, from: number) => {
  const sign = text.charCodeAt(from)
  if (sign === letterZ) return text.length === from + 1 ? 0 : Number.NaN
  const minuteAt = text.charCodeAt(from + 3) === colon ? from + 4 : from + 3
  if ((sign !== plus && sign !== dash) || text.length !== minuteAt + 2) return Number.NaN
  const minutes = digitsAt(text, from + 1, 2) * 60 + digitsAt(text, minuteAt, 2)
  return sign === dash ? -minutes : minutes
}

/**
 * ISO 8601 date and time; digits beyond the microsecond are cut off. Text without a zone needs `zone`. Read by its
 * characters, as a pattern and `Date` take twice as long, and every row has a time.
 */
export const parseTimestamp = (text: string, zone?: 'UTC'): ParsedTimestamp => {
  const year = digitsAt(text, 0, 4)
  const month = digitsAt(text, 5, 2)
  const dayOfMonth = digitsAt(text, 8, 2)
  const hour = digitsAt(text, 11, 2)
  const minute = digitsAt(text, 14, 2)
  const hasSecond = text.charCodeAt(minuteEnd) === colon
  const second = hasSecond ? digitsAt(text, minuteEnd + 1, 2) : 0
  const hasFraction = hasSecond && text.charCodeAt(secondEnd) === dot
  const end = hasFraction ? digitsEnd(text, secondEnd + 1) : hasSecond ? secondEnd : minuteEnd
  const micros = hasFraction ? fractionMicros(text, secondEnd + 1, end) : 0
  const hasZone = end !== text.length
  const offset = hasZone ? offsetMinutes(text, end) : 0
  const numbers = year + month + dayOfMonth + hour + minute + second + micros + offset
  if (!isSeparated(text) || Number.isNaN(numbers)) return bad('is not an ISO 8601 date and time')
  if (!hasZone && zone === undefined) return { reason: 'no-time-zone', problem: 'has no time zone' }
  const day = epochDay(year, month, dayOfMonth)
  const isReal = !Number.isNaN(day) && hour < 24 && minute < 60 && second < 60
  if (!isReal) return bad('is no real date and time')
  if (Math.abs(offset) > 18 * 60) return bad('has no real time zone')
  return plausible((((day * 24 + hour) * 60 + minute - offset) * 60 + second) * 1e6 + micros)
}

/** Microseconds as ISO 8601 text in UTC, with as many digits of the second as it has. */
export const formatTimestamp = (micros: bigint): string => {
  const rest = ((micros % 1000n) + 1000n) % 1000n
  const text = new Date(Number((micros - rest) / 1000n)).toISOString()
  return rest === 0n ? text : text.replace('Z', `${String(rest).padStart(3, '0')}Z`)
}
