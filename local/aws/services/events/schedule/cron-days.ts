import { cronField, cronValue } from './cron-field.ts'

/** Whether a schedule runs on a day (its midnight in UTC). */
export type Days = (day: Date) => boolean

const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const weekdays = { low: 1, high: 7, names: dayNames }
const monthDays = { low: 1, high: 31 }

const lengthOf = (day: Date) => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()

const weekOf = (day: Date) => Math.ceil(day.getUTCDate() / 7)

/** The day from Monday to Friday that is nearest to a day of the month, in the same month. */
const nearestWeekday = (day: Date, wanted: number): number | undefined => {
  const last = lengthOf(day)
  if (wanted > last) return undefined
  const weekday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), wanted)).getUTCDay()
  if (weekday === 6) return wanted === 1 ? 3 : wanted - 1
  if (weekday === 0) return wanted === last ? wanted - 2 : wanted + 1
  return wanted
}

/** `5`, `1-5`, `L` the last day, `15W` the weekday nearest to the 15th, `LW` the last weekday. */
const daysOfMonth = (text: string): Days | undefined => {
  if (text === 'L') return (day) => day.getUTCDate() === lengthOf(day)
  if (text === 'LW') return (day) => day.getUTCDate() === nearestWeekday(day, lengthOf(day))
  const nearest = text.endsWith('W') ? cronValue(text.slice(0, -1), monthDays) : undefined
  if (nearest !== undefined) return (day) => day.getUTCDate() === nearestWeekday(day, nearest)
  const values = cronField(text, monthDays)
  return values && ((day) => values.has(day.getUTCDate()))
}

/** `MON-FRI`, 1 is Sunday; `L` Saturday, `6L` the month's last Friday, `6#2` its second. */
const daysOfWeek = (text: string): Days | undefined => {
  if (text === 'L') return (day) => day.getUTCDay() === 6
  const [, name = '', nth] = /^(\w+?)(?:L|#([1-5]))$/.exec(text) ?? []
  const wanted = cronValue(name, weekdays)
  if (wanted !== undefined) {
    const right = (day: Date) =>
      nth === undefined ? day.getUTCDate() + 7 > lengthOf(day) : weekOf(day) === Number(nth)
    return (day) => day.getUTCDay() === wanted - 1 && right(day)
  }
  const values = cronField(text, weekdays)
  return values && ((day) => values.has(day.getUTCDay() + 1))
}

/** The days of a cron expression's third and fifth fields, of which one must be `?`. */
export const cronDays = (ofMonth: string, ofWeek: string): Days | undefined => {
  if ((ofMonth === '?') === (ofWeek === '?')) return undefined
  return ofWeek === '?' ? daysOfMonth(ofMonth) : daysOfWeek(ofWeek)
}
