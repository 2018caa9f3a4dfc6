import fc from 'fast-check'
import { date, decimal, double, int, long, string, timestamp } from '../src/columns.ts'
import { featureGroup } from '../src/feature-group.ts'
import type { Values } from '../src/value.ts'
import { count, max, mean, min, share, sum } from '../src/windows/aggregates.ts'
import { windowed } from '../src/windows/windowed.ts'

/** In microseconds. */
export const hour = 3_600_000_000n

/** Rows with a column of every kind that a window aggregates. */
export const visits = featureGroup('visits', {
  from: [],
  columns: {
    id: int(),
    place: string(),
    room: int(),
    at: timestamp({ nullable: true }),
    minutes: int({ nullable: true }),
    bytes: long({ nullable: true }),
    score: double({ nullable: true }),
    price: decimal({ nullable: true }),
    day: date({ nullable: true }),
  },
  features: (visit) => ({ long: visit.minutes.above(30) }),
  key: ['id'],
  eventTime: (visit) => visit.at,
})

/** Every aggregate, over windows of several lengths, by two keys. */
export const { busy } = windowed(visits, {
  by: { busy: ['place', 'room'] },
  clock: (visit) => visit.at,
  every: '1 hour',
  maxAge: '1 day',
  features: (visit) => ({
    visits_2h: count().over('2 hours'),
    minutes_2h: mean(visit.minutes).over('2 hours'),
    minutes_sum_5h: sum(visit.minutes).over('5 hours'),
    bytes_5h: sum(visit.bytes).over('5 hours'),
    bytes_mean_1h: mean(visit.bytes).over('1 hour'),
    long_5h: share(visit.long).over('5 hours'),
    best_5h: max(visit.score).over('5 hours'),
    worst_2h: min(visit.score).over('2 hours'),
    last_2h: max(visit.at).over('2 hours'),
    paid_5h: sum(visit.price).over('5 hours'),
    price_2h: mean(visit.price).over('2 hours'),
    dearest_5h: max(visit.price).over('5 hours'),
    first_day_5h: min(visit.day).over('5 hours'),
    long_count_2h: sum(visit.long).over('2 hours'),
  }),
})
export interface Visit extends Values {
  id: number
  place: string
  room: number
  at: bigint | null
  minutes: number | null
  bytes: bigint | null
  score: number | null
  price: bigint | null
  day: number | null
}

const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 5 })
/** Clocks lie within eight hours of 1970, on quarters; ids repeat. */
export const visit: fc.Arbitrary<Visit> = fc.record({
  id: fc.nat(7),
  place: fc.constantFrom('a', 'b'),
  room: fc.constantFrom(1, 10),
  at: fc.option(
    fc.bigInt({ min: -8n * 4n, max: 8n * 4n }).map((quarter) => (quarter * hour) / 4n),
    { freq: 20 },
  ),
  minutes: orNull(fc.integer({ min: -100, max: 100 })),
  bytes: orNull(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n })),
  score: orNull(fc.constantFrom(-1.5, 0, 0.1, 0.2, 7)),
  price: orNull(fc.constantFrom(1n, -250n, 999n, 10n ** 17n, 10n ** 18n - 1n)),
  day: orNull(fc.integer({ min: -3, max: 3 })),
})
