import { epochDay, plausibleDay } from './calendar.ts'
import { digitsAt } from './digits-at.ts'

const dayMs = 86_400_000

/** A day of the calendar (2001-01-31) as days since 1970; undefined if it is none in the years 1900 to 2199. */
export const parseDate = (text: string): number | undefined => {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined
  const day = epochDay(digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2))
  return plausibleDay(day) ? day : undefined
}

/** Days since 1970 as text: '2001-01-31'. */
export const formatDate = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)
