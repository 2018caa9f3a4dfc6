const dayMs = 86_400_000
const [first, last] = [Date.UTC(1900, 0) / dayMs, Date.UTC(2200, 0) / dayMs - 1]

/** Whether a day since 1970 lies in the years 1900 to 2199. */
export const plausibleDay = (day: number): boolean => Number.isInteger(day) && day >= first && day <= last

/** A day of the calendar (2001-01-31) as days since 1970; undefined if it is none in the years 1900 to 2199. */
export const parseDate = (text: string): number | undefined => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const date = new Date(`${text}T00:00:00Z`)
  const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  return real && plausibleDay(date.getTime() / dayMs) ? date.getTime() / dayMs : undefined
}

/** Days since 1970 as text: '2001-01-31'. */
export const formatDate = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)
