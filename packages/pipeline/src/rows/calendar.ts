const dayMs = 86_400_000
const [first, last] = [Date.UTC(1900, 0) / dayMs, Date.UTC(2200, 0) / dayMs - 1]

/** Whether a day since 1970 lies in the years 1900 to 2199. */
export const plausibleDay = (day: number): boolean => Number.isInteger(day) && day >= first && day <= last

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const daysIn = (year: number, month: number) => (month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0))

/**
 * Days since 1970 of a day of the Gregorian calendar; NaN if there is no such day. A year begins in March here, so that
 * the leap day is its last: five months from March or August on have 153 days.
 */
export const epochDay = (year: number, month: number, day: number): number => {
  if (!(day > 0 && day <= daysIn(year, month))) return Number.NaN
  const years = month < 3 ? year - 1 : year
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return years * 365 + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) + ofYear - 719_468
}
