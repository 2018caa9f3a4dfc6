import { cronDays } from './cron-days.ts'
import { cronField } from './cron-field.ts'
import type { Schedule } from './schedule.ts'

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const lastYear = 2199
const minuteMs = 60_000
const dayMs = 86_400_000

/**
 * Reads the inside of `cron(minute hour day-of-month month day-of-week year)`, in UTC; undefined when it is not valid.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export const cron = (expression: string): Schedule | undefined => {
  const [minute = '', hour = '', ofMonth = '', month = '', ofWeek = '', year = '', ...rest] = expression.split(' ')
  const minutes = cronField(minute, { low: 0, high: 59 })
  const hours = cronField(hour, { low: 0, high: 23 })
  const months = cronField(month, { low: 1, high: 12, names: monthNames })
  const years = cronField(year, { low: 1970, high: lastYear })
  const onDay = cronDays(ofMonth, ofWeek)
  if (!minutes || !hours || !months || !years || !onDay || rest.length > 0) return undefined

  const timesMs = [...hours]
    .flatMap((each) => [...minutes].map((other) => (each * 60 + other) * minuteMs))
    .toSorted((a, b) => a - b)
  return (after) => {
    for (let midnight = Math.floor(after / dayMs) * dayMs; ; midnight += dayMs) {
      const day = new Date(midnight)
      if (day.getUTCFullYear() > Math.max(...years)) return undefined
      if (!years.has(day.getUTCFullYear()) || !months.has(day.getUTCMonth() + 1) || !onDay(day)) continue
      const time = timesMs.find((each) => midnight + each > after)
      if (time !== undefined) return midnight + time
    }
  }
}
