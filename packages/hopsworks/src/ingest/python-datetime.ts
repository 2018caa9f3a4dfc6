import { bigintOf, numberOf } from '../int64.ts'

const daySeconds = 86_400
const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
const days = new Map<number, string>()
const mostDays = 10_000

/**
 * `str()` of a naive datetime: `YYYY-MM-DD HH:MM:SS`, and `.ffffff` only where the microseconds are not zero.
 * @param micros within the years 1 to 9999
 */
export function pythonDatetime(micros: bigint): string {
  const near = Math.floor(numberOf(micros) / 1e6)
  const rest = numberOf(micros - bigintOf(near * 1e6)) // both exact: a million is 15,625 × 64
  const seconds = rest < 0 ? near - 1 : rest >= 1e6 ? near + 1 : near
  const fraction = rest - (seconds - near) * 1e6
  const day = Math.floor(seconds / daySeconds)
  const ofDay = seconds - day * daySeconds
  const hour = Math.floor(ofDay / 3_600)
  const minute = Math.floor((ofDay % 3_600) / 60)
  const text = `${dayText(day)} ${two[hour]}:${two[minute]}:${two[ofDay % 60]}`
  return fraction === 0 ? text : `${text}.${String(fraction).padStart(6, '0')}`
}

/** Keys of many rows fall on few days. */
function dayText(day: number): string {
  const known = days.get(day)
  if (known !== undefined) return known
  const text = new Date(day * daySeconds * 1_000).toISOString().slice(0, 10)
  if (days.size === mostDays) days.clear()
  days.set(day, text)
  return text
}
