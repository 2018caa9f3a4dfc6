import type { Schema } from '../src/columns.ts'
import { boolean, date, decimal, double, int, long, string, timestamp, typeOfColumn } from '../src/columns.ts'
import type { Type, Value, Values } from '../src/value.ts'

/** Two columns of every kind. */
export const edgeColumns = {
  i: int({ nullable: true }),
  j: int({ nullable: true }),
  l: long({ nullable: true }),
  m: long({ nullable: true }),
  p: decimal({ nullable: true }),
  q: decimal({ scale: 5, nullable: true }),
  x: double({ nullable: true }),
  y: double({ nullable: true }),
  a: boolean({ nullable: true }),
  b: boolean({ nullable: true }),
  s: string({ nullable: true }),
  t: string({ nullable: true }),
  u: timestamp({ nullable: true }),
  v: timestamp({ nullable: true }),
  d: date({ nullable: true }),
  e: date({ nullable: true }),
} satisfies Schema

const micros = (text: string) => BigInt(Date.parse(text)) * 1000n
const days = (text: string) => Date.parse(text) / 86_400_000

const ints = [0, 1, -1, 2, 7, 60, -1440, 46_340, 46_341, 2 ** 31 - 1, -(2 ** 31), 1_000_000_007]
const longs = [
  0n,
  1n,
  -1n,
  12n,
  2n ** 31n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  10n ** 18n - 1n,
  10n ** 18n,
  3_037_000_500n,
]
const extremes = [2n ** 63n - 1n, -(2n ** 63n), -(2n ** 63n) + 1n]
const units = [0n, 1n, -1n, 99n, 100n, -150n, 1234n, 123_456_789n, 10n ** 17n, 10n ** 18n - 1n, -(10n ** 18n) + 1n]
const doubles = [0, -0, 1, -1, 0.5, -0.5, 1.9, -2.5, 0.1, 0.3, 1e-320, 5e-324, 2 ** 31, -(2 ** 31) - 0.5, 2 ** 53 + 2]
const farDoubles = [1e15, 1e18, 1e19, 1e200, -1e200, Number.MAX_VALUE, -Number.MAX_VALUE, Math.E, 1 / 3, 1 + 2 ** -52]
const noNumbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
const texts = [
  '',
  'a',
  'A',
  ' a',
  'a ',
  'ORD',
  'İ',
  'i̇',
  'ß',
  'ss',
  '\u00e9',
  'e\u0301',
  '🛬',
  '👩‍👩‍👧',
  '\uffff',
  '\u0000',
  "'",
  '"',
  '\\',
  '\n',
]
const years = [
  '0001-01-01',
  '1582-10-04',
  '1582-10-10',
  '1582-10-15',
  '1883-11-18',
  '1899-12-31',
  '1970-01-01',
  '1999-12-31',
]
const moreYears = ['2000-02-29', '2001-04-01', '2038-01-19', '2100-03-01', '9999-12-31']
const instants = ['0001-01-01T00:00:00Z', '1582-10-10T12:00:00Z', '1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00Z']
const moreInstants = [
  '2000-02-29T23:59:59Z',
  '2001-04-01T02:30:00Z',
  '2001-09-09T01:46:40Z',
  '9999-12-31T23:59:59.999Z',
]
const times = [...instants, ...moreInstants].map(micros)

/** What an engine might stumble over, by column. */
export const edgeValues: Readonly<Record<keyof typeof edgeColumns, readonly Value[]>> = {
  i: [null, ...ints],
  j: [null, ...ints],
  l: [null, ...longs, ...extremes],
  m: [null, ...longs, ...extremes],
  p: [null, ...units],
  q: [null, ...units],
  x: [null, ...doubles, ...farDoubles, ...noNumbers],
  y: [null, ...doubles, ...farDoubles, ...noNumbers],
  a: [null, true, false],
  b: [null, true, false],
  s: [null, ...texts],
  t: [null, ...texts],
  u: [null, ...times, 1n, -1n, 999_999n],
  v: [null, ...times, 1n, -1n, 999_999n],
  d: [null, ...[...years, ...moreYears].map(days)],
  e: [null, ...[...years, ...moreYears].map(days)],
}

/** The types of the edge columns. */
export const edgeTypes: Readonly<Record<string, Type>> = Object.fromEntries(
  Object.entries(edgeColumns).map(([name, column]) => [name, typeOfColumn(column)]),
)

/** At least as large as the longest list of edge values, and prime. */
const prime = 29

/**
 * Rows in which every two columns have every two of their edge values: with a prime p, (a + k·b) mod p of two columns k
 * takes every pair as a and b run from 0 to p − 1.
 */
export const pairwiseRows = (): Values[] => {
  const columns = Object.entries(edgeValues)
  const indices = Array.from({ length: prime }, (_, index) => index)
  return indices.flatMap((a) =>
    indices.map((b) =>
      Object.fromEntries(
        columns.map(([name, values], k) => [name, values[((a + k * b) % prime) % values.length] ?? null]),
      ),
    ),
  )
}
