const daySeconds = 86_400
const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
const days = new Map<number, string>()
const mostDays = 10_000

/** `str()` of a naive datetime: `YYYY-MM-DD HH:MM:SS`, and `.ffffff` only where the microseconds are not zero. */
export function pythonDatetime(micros: bigint): string {
  const fraction = Number(((micros % 1_000_000n) + 1_000_000n) % 1_000_000n)
  const seconds = Number((micros - BigInt(fraction)) / 1_000_000n)
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
