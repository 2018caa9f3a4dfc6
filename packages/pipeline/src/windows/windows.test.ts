import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { busy, hour, visit, visits } from '../../test-support/visits.ts'
import type { Visit } from '../../test-support/visits.ts'
import type { Values, WindowGroup } from '../index.ts'
import { clockOf, keyOf, mean, touched, windowed, windowTiles } from '../index.ts'
import { minus, plus } from './exact-sum.ts'

const one = (at: bigint, minutes: number): Visit => ({
  id: 1,
  place: 'a',
  room: 1,
  at,
  minutes,
  bytes: null,
  score: null,
  price: null,
  day: null,
})

const added = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const addedBig = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n)
const orNothing = <T, R>(values: readonly T[], of: (values: readonly T[]) => R) =>
  values.length > 0 ? of(values) : null

/** Written independently: for each key and each hour look at every row. */
const bruteForce = (rows: readonly Visit[], gone: readonly Visit[], from: bigint, to: bigint) => {
  const keys = new Map([...rows, ...gone].map((row) => [`${row.place} ${row.room}`, row]))
  const out: Values[] = []
  for (const { place, room } of keys.values()) {
    const seen = (of: readonly Visit[], end: bigint, length: bigint) =>
      of.filter(
        (row) => row.place === place && row.room === room && row.at !== null && row.at >= end - length && row.at < end,
      )
    for (let end = -30n * hour; end <= to; end += hour) {
      if (end < from) continue
      const changes = [1n, 2n, 5n].some((length) => {
        const [now, before] = [end, end - hour].map((at) => seen([...rows, ...gone], at, length * hour))
        return now?.some((row) => !before?.includes(row)) || before?.some((row) => !now?.includes(row))
      })
      if (!changes) continue
      const held = <T>(length: bigint, of: (row: Visit) => T | null) =>
        seen(rows, end, length * hour)
          .map(of)
          .filter((value): value is T & (number | bigint | boolean) => value !== null)
      const minutes = (length: bigint) => held(length, (row) => row.minutes)
      const bytes = (length: bigint) => held(length, (row) => row.bytes)
      const score = (length: bigint) => held(length, (row) => row.score)
      const price = (length: bigint) => held(length, (row) => row.price)
      const days = held(5n, (row) => row.day)
      const times = held(2n, (row) => row.at)
      out.push({
        place,
        room,
        tile_end: end,
        visits_2h: seen(rows, end, 2n * hour).length,
        minutes_2h: orNothing(minutes(2n), (of) => added(of) / of.length),
        minutes_sum_5h: orNothing(minutes(5n), (of) => BigInt(added(of))),
        bytes_5h: orNothing(bytes(5n), (of) =>
          BigInt.asIntN(64, addedBig(of)) === addedBig(of) ? addedBig(of) : null,
        ),
        bytes_mean_1h: orNothing(bytes(1n), (of) => Number(addedBig(of)) / of.length),
        long_5h: orNothing(minutes(5n), (of) => of.filter((m) => m > 30).length / of.length),
        best_5h: orNothing(score(5n), (of) => Math.max(...of)),
        worst_2h: orNothing(score(2n), (of) => Math.min(...of)),
        last_2h: orNothing(times, (of) => of.reduce((a, b) => (a > b ? a : b))),
        paid_5h: orNothing(price(5n), (of) =>
          String(addedBig(of)).replace('-', '').length > 18 ? null : addedBig(of),
        ),
        price_2h: orNothing(price(2n), (of) => Number(`${addedBig(of)}e-2`) / of.length),
        dearest_5h: orNothing(price(5n), (of) => of.reduce((a, b) => (a > b ? a : b))),
        first_day_5h: orNothing(days, (of) => Math.min(...of)),
        long_count_2h: orNothing(minutes(2n), (of) => BigInt(of.filter((m) => m > 30).length)),
      })
    }
  }
  return out
}

const nameOf = (row: Values) => `${String(row['place'])} ${String(row['room'])} ${String(row['tile_end'])}`
const table = (rows: Iterable<Values>) => new Map([...rows].map((row) => [nameOf(row), row]))
const largest = (rows: readonly Visit[]) => rows.reduce((a, { at }) => (at !== null && at > a ? at : a), -100n * hour)

const changes = (
  group: WindowGroup,
  rows: readonly Visit[],
  gone: readonly Visit[],
  from: bigint,
  to: bigint,
  watermark: bigint,
) => {
  const tiles = windowTiles(group, { from, to, watermark })
  for (const row of rows) tiles.add(row)
  for (const row of gone) tiles.touch(row)
  return [...tiles.rows()]
}

const sumOf = (...values: bigint[]) => {
  const rows = values.map((bytes): Visit => ({ ...one(0n, 1), bytes }))
  return changes(busy, rows, [], hour, hour, hour)[0]?.['bytes_5h']
}

describe('window tiles', () => {
  test('give what loops over every row give, whatever the range', () => {
    const bound = fc.bigInt({ min: -15n * 2n, max: 15n * 2n }).map((half) => (half * hour) / 2n)
    fc.assert(
      fc.property(
        fc.array(visit, { maxLength: 30 }),
        fc.array(visit, { maxLength: 4 }),
        bound,
        bound,
        bound,
        (rows, gone, from, to, watermark) => {
          const got = changes(busy, rows, gone, from, to, watermark)
          expect(table(got)).toEqual(table(bruteForce(rows, gone, from, to < watermark ? to : watermark)))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('come by key and then by time, each once, with keys, tile end and features', () => {
    const rows = changes(busy, fc.sample(visit, 50), [], -20n * hour, 20n * hour, 20n * hour)
    expect(Object.keys(rows[0] ?? {})).toEqual(['place', 'room', 'tile_end', ...Object.keys(busy.features)])
    expect(table(rows).size).toBe(rows.length)
    const key = keyOf(busy)
    for (const [at, row] of rows.entries()) {
      const before = rows[at - 1]
      if (!before) continue
      expect(key(before) <= key(row)).toBe(true)
      if (key(before) === key(row)) expect(before['tile_end'] ?? 0n).toBeLessThan(Number(row['tile_end']))
    }
  })

  test('a row is seen from the end of its tile on, and an empty window is a count of 0 and nulls', () => {
    const rows = changes(busy, [one(hour / 2n, 40)], [], 0n, 20n * hour, 20n * hour)
    expect(
      rows.map((row) => [
        Number(row['tile_end'] ?? 0n) / Number(hour),
        row['visits_2h'],
        row['minutes_2h'],
        row['long_5h'],
      ]),
    ).toEqual([
      [1, 1, 40, 1],
      [2, 1, 40, 1],
      [3, 0, null, 1],
      [6, 0, null, null],
    ])
  })

  test('a clock on the boundary belongs to the tile that it opens', () => {
    expect(changes(busy, [one(hour, 1)], [], 0n, 2n * hour, 2n * hour).map((row) => row['tile_end'])).toEqual([
      2n * hour,
    ])
  })

  test('nothing is due after the watermark', () => {
    expect(changes(busy, [one(0n, 1)], [], 0n, 20n * hour, 2n * hour).map((row) => row['tile_end'])).toEqual([
      hour,
      2n * hour,
    ])
    expect(changes(busy, [one(0n, 1)], [], 0n, 20n * hour, hour - 1n)).toEqual([])
  })

  test('a row is written even if it equals the one before: fewer rows may have given another value there', () => {
    const { calm } = windowed(visits, {
      by: { calm: ['place'] },
      clock: (visit) => visit.at,
      every: '1 hour',
      maxAge: '1 day',
      features: (visit) => ({ minutes_1h: mean(visit.minutes).over('1 hour') }),
    })
    const first = [one(5n * hour, 10)]
    const late = [one(4n * hour, 20), one(5n * hour, 30)]
    const written = (rows: readonly Visit[]) =>
      changes(calm, rows, [], 0n, 6n * hour, 6n * hour).map((row) => [row['tile_end'], row['minutes_1h']])
    expect(written(first)).toEqual([[6n * hour, 10]])
    expect(written([...first, ...late])).toEqual([
      [5n * hour, 20],
      [6n * hour, 20],
    ])
  })

  test('sums of longs are exact where doubles are not, and null beyond 64 bits', () => {
    expect(sumOf(2n ** 62n, 1n, 2n)).toBe(2n ** 62n + 3n)
    expect(sumOf(2n ** 62n, 2n ** 62n, -1n)).toBe(2n ** 63n - 1n)
    expect(sumOf(2n ** 62n, 2n ** 62n)).toBe(null)
  })
})

describe('exact sums', () => {
  test('of 32-bit integers stay exact where doubles do not', () => {
    const many = Array.from({ length: 3 }, () => 2 ** 52 + 1).reduce<number | bigint>(plus, 0)
    expect(many).toBe(3n * (2n ** 52n + 1n))
    expect(minus(many, 2 ** 52 + 1)).toBe(2n * (2n ** 52n + 1n))
    expect([plus(1, 2), plus(1n, 2), minus(1, 2)]).toEqual([3, 3n, -1])
  })
})

describe('touched', () => {
  test('reaches from the first new tile to the last window that sees it, up to the watermark', () => {
    const at = { minClock: hour + 1n, maxClock: 2n * hour, previousWatermark: null }
    expect(touched(busy, { ...at, watermark: 50n * hour })).toEqual({
      from: 2n * hour,
      to: 8n * hour,
      readFrom: -4n * hour,
    })
    expect(touched(busy, { ...at, watermark: 2n * hour })).toMatchObject({ to: 2n * hour })
    expect(touched(busy, { ...at, previousWatermark: -hour, watermark: 3n * hour })).toMatchObject({ from: 0n })
  })

  test('every order of arrival and of writing ends in the same table', () => {
    const run = fc.array(visit, { minLength: 1, maxLength: 6 })
    const schedule = fc.array(fc.tuple(run, fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(schedule, (runs) => {
        const clock = clockOf(busy)
        const log: { run: number; row: Visit; order: number }[] = []
        const written = new Map<string, Values>()
        const winners = () =>
          new Map(log.toSorted((a, b) => a.order - b.order).map((entry) => [entry.row.id, entry.row]))
        const publish = (run: number) => {
          const winning = new Set(winners().values())
          const ids = new Set(log.filter((entry) => entry.run === run).map(({ row }) => row.id))
          const clocks = (of: typeof log) =>
            of
              .map(({ row }) => clock(row))
              .filter((at) => at !== null)
              .toSorted((a, b) => (a < b ? -1 : 1))
          const own = clocks(log.filter(({ row }) => ids.has(row.id)))
          const [minClock, maxClock] = [own.at(0), own.at(-1)]
          if (minClock === undefined || maxClock === undefined) return
          const all = clocks(log)
          const previousWatermark = all.findLast((at) => at < minClock) ?? null
          const range = touched(busy, { minClock, maxClock, previousWatermark, watermark: all.at(-1) ?? 0n })
          const tiles = windowTiles(busy, { ...range, watermark: all.at(-1) ?? 0n })
          for (const { row } of log) {
            const at = clock(row)
            if (at !== null && at < range.readFrom) continue
            if (winning.has(row)) tiles.add(row)
            else tiles.touch(row)
          }
          for (const [name, row] of table(tiles.rows())) written.set(name, row)
        }
        const events = runs.flatMap(([rows, appended, wait], run) => [
          { at: appended, act: () => log.push(...rows.map((row, n) => ({ run, row, order: run * 100 + n }))) },
          { at: appended + wait, act: () => publish(run) },
        ])
        for (const { act } of events.toSorted((a, b) => a.at - b.at)) act()
        const rows = log.map(({ row }) => row)
        const winning = [...winners().values()]
        const gone = rows.filter((row) => !winning.includes(row))
        const watermark = largest(rows)
        expect(written).toEqual(table(changes(busy, winning, gone, -20n * hour, watermark, watermark)))
      }),
      { numRuns: 300 },
    )
  })
})
