import { asBigint } from './as-bigint.ts'
import type { Compile } from './compiled.ts'
import { binary, unary } from './compiled.ts'
import { intOrNull } from './numbers.ts'
import { operatorRange } from './time-range.ts'
import { floorDividedToNumber } from './whole-division.ts'

const minuteMicros = 60_000_000
const hourMicros = 3_600_000_000
const dayMicros = 86_400_000_000
const dayMs = 86_400_000

const { firstDay, lastDay, firstMicros, lastMicros } = operatorRange
const instantOrNull = (micros: bigint) => (micros >= firstMicros && micros <= lastMicros ? micros : null)
const dayOrNull = (day: number) => (day >= firstDay && day <= lastDay ? day : null)

/** Never negative, and without the remainder of doubles (%), which takes several times as long. */
const modulo = (x: number, by: number) => x - Math.floor(x / by) * by

/** Of a day since 1970, or of the day of an instant, in UTC. */
const ofDay = (part: (day: number) => number): Compile =>
  unary(({ args: [x] }) =>
    x?.type === 'date' ? (a) => part(Number(a)) : (a) => part(floorDividedToNumber(asBigint(a), dayMicros)),
  )

const shift = (unit: number): Compile => {
  const micros = BigInt(unit)
  return binary(() => (a, b) => instantOrNull(asBigint(a) + asBigint(b) * micros))
}

export const timeOperators = {
  hour: unary(() => (a) => modulo(floorDividedToNumber(asBigint(a), hourMicros), 24)),
  weekday: ofDay((day) => modulo(day + 3, 7) + 1), // 1 January 1970 was a Thursday
  day: ofDay((day) => new Date(day * dayMs).getUTCDate()),
  month: ofDay((day) => new Date(day * dayMs).getUTCMonth() + 1),
  year: ofDay((day) => new Date(day * dayMs).getUTCFullYear()),
  date: ofDay((day) => day),
  midnight: unary(() => (a) => asBigint(a) * BigInt(dayMicros)),
  minutes_since: binary(() => (a, b) => intOrNull(floorDividedToNumber(asBigint(a) - asBigint(b), minuteMicros))),
  days_since: binary(() => (a, b) => Number(a) - Number(b)),
  after: shift(1000),
  after_minutes: shift(minuteMicros),
  after_days: binary(() => (a, b) => dayOrNull(Number(a) + Number(b))),
} as const
