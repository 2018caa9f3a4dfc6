import type { ColumnOptions } from '../columns.ts'
import { plausibleDay } from './calendar.ts'
import { formatDate, parseDate } from './parse-date.ts'
import type { ParsedTimestamp } from './parse-timestamp.ts'
import { parseTimestamp, plausible } from './parse-timestamp.ts'
import { wholeOf } from './read-number.ts'
import type { Read, Reader } from './read-value.ts'
import { shown, wrongType } from './refusal.ts'

const dayMs = 86_400_000
const perEpoch = { seconds: 1_000_000n, milliseconds: 1000n, microseconds: 1n }

const bad = (problem: string): ParsedTimestamp => ({ reason: 'bad-timestamp', problem })

const microsOf = (raw: unknown, { epoch, zone }: ColumnOptions): ParsedTimestamp | undefined => {
  if (raw instanceof Date) {
    return Number.isNaN(raw.getTime()) ? bad('is no real date') : plausible(BigInt(raw.getTime()) * 1000n)
  }
  const number = typeof raw === 'number' || typeof raw === 'bigint' ? wholeOf(raw) : undefined
  if (number !== undefined && epoch) return plausible(number * perEpoch[epoch])
  if (number !== undefined) return bad('is a number, and the column does not say of what unit (epoch)')
  return typeof raw === 'string' ? parseTimestamp(raw, zone) : undefined
}

export const readTimestamp: Reader = (raw, options) => {
  const parsed = microsOf(raw, options)
  if (parsed === undefined) return wrongType(raw, 'a timestamp')
  if (typeof parsed === 'bigint') return parsed
  return { reason: parsed.reason, detail: `${shown(raw)} ${parsed.problem}` }
}

const badDate = (what: string): Read => ({
  reason: 'bad-date',
  detail: `${what} is no day (2001-01-31) of the years 1900 to 2199`,
})

/** Text, or the Date of a Parquet reader, which must be a midnight in UTC. */
export const readDate: Reader = (raw) => {
  if (raw instanceof Date) {
    const day = raw.getTime() / dayMs
    return plausibleDay(day) ? day : badDate(Number.isInteger(day) ? formatDate(day) : 'a Date with a time')
  }
  if (typeof raw !== 'string') return wrongType(raw, 'a date')
  const day = parseDate(raw)
  return day === undefined ? badDate(shown(raw)) : day
}
