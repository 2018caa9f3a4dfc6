import { asBigint } from './as-bigint.ts'
import type { Compile } from './compiled.ts'
import { binary, unary } from './compiled.ts'
import { intOrNull } from './numbers.ts'
import { operatorRange } from './time-range.ts'
import { floorDivided } from './whole-division.ts'

const minuteMicros = 60_000_000n
const hourMicros = 3_600_000_000n
const dayMicros = 86_400_000_000n
const dayMs = 86_400_000

const { firstDay, lastDay, firstMicros, lastMicros } = operatorRange
const instantOrNull = (micros: bigint) => (micros >= firstMicros && micros <= lastMicros ? micros : null)
const dayOrNull = (day: number) => (day >= firstDay && day <= lastDay ? day : null)

/** Never negative, and without the remainder of doubles (%), which takes several times as long. */
const modulo = (x: number, by: number) => x - Math.floor(x / by) * by

/** Of a day since 1970, or of the day of an instant, in UTC. */
const ofDay = (part: (day: number) => number): Compile =>
  unary(({ args: [x] }) =>
    x?.type === 'date' ? (a) => part(Number(a)) : (a) => part(Number(floorDivided(asBigint(a), dayMicros))),
  )

const shift = (unit: bigint): Compile => binary(() => (a, b) => instantOrNull(asBigint(a) + asBigint(b) * unit))

export const timeOperators = {
  hour: unary(() => (a) => modulo(Number(floorDivided(asBigint(a), hourMicros)), 24)),
  weekday: ofDay((day) => modulo(day + 3, 7) + 1), // 1 January 1970 was a Thursday
  day: ofDay((day) => new Date(day * dayMs).getUTCDate()),
  month: ofDay((day) => new Date(day * dayMs).getUTCMonth() + 1),
  year: ofDay((day) => new Date(day * dayMs).getUTCFullYear()),
  date: ofDay((day) => day),
  midnight: unary(() => (a) => asBigint(a) * dayMicros),
  minutes_since: binary(() => (a, b) => intOrNull(Number(floorDivided(asBigint(a) - asBigint(b), minuteMicros)))),
  days_since: binary(() => (a, b) => Number(a) - Number(b)),
  after: shift(1000n),
  after_minutes: shift(minuteMicros),
  after_days: binary(() => (a, b) => dayOrNull(Number(a) + Number(b))),
} as const
