import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Values } from '../index.ts'
import {
  boolean,
  columnsOf,
  date,
  decimal,
  double,
  eventTimeOf,
  featureGroup,
  formatTimestamp,
  int,
  keyOf,
  long,
  parseTimestamp,
  rowFunction,
  rowValidator,
  s3,
  string,
  timestamp,
} from '../index.ts'

const micros = (text: string) => BigInt(Date.parse(text)) * 1000n

const group = featureGroup('readings', {
  from: [s3('readings/*.parquet')],
  columns: {
    place: string({ length: 3, column: 'Place name' }),
    at: timestamp({ column: '__proto__' }),
    a: int({ nullable: true }),
    b: int({ nullable: true }),
    wide: long({ nullable: true, max: 10 }),
    x: double({ nullable: true, min: -1 }),
    y: double({ nullable: true }),
    p: boolean({ nullable: true }),
    q: boolean({ nullable: true }),
  },
  features: ({ place, at, a, b, wide, x, y, p, q }) => ({
    plus: a.plus(b),
    minus: a.minus(b),
    times: a.times(b),
    per: a.per(b),
    wider: wide.plus(a),
    doubled: x.times(y),
    mixed: a.plus(x),
    floor: x.floor(),
    above: x.above(y),
    below: a.below(wide),
    hour: at.hour(),
    weekday: at.weekday(),
    later: at.afterMinutes(a),
    tomorrow: at.after('1 day').before('1 hour'),
    both: p.and(q),
    either: p.or(q),
    neither: p.not(),
    here: place.is('ORD'),
  }),
  key: ['place', 'at'],
  eventTime: (row) => row.at,
})

const empty: Values = { place: 'ORD', at: 0n, a: null, b: null, wide: null, x: null, y: null, p: null, q: null }
const features = rowFunction(group)
const of = (row: Values) => features({ ...empty, ...row })

describe('the row function', () => {
  test('keeps the columns and adds the features', () => {
    expect(Object.keys(of({}))).toEqual([...Object.keys(group.columns), ...Object.keys(group.features)])
    expect(features({ place: 'ORD', at: 0n })).toEqual(of({}))
    expect(features({ ...empty, stray: 1 })).not.toHaveProperty('stray')
  })

  test('null in, null out', () => {
    expect(of({ a: 1, x: 1 })).toMatchObject({ plus: null, per: null, above: null, below: null, wider: null, mixed: 2 })
  })

  test('integers that do not fit are null', () => {
    const top = 2 ** 31 - 1
    expect(of({ a: top, b: 1 })).toMatchObject({ plus: null, minus: top - 1, times: top, per: top })
    expect(of({ a: -(2 ** 31), b: 1 })).toMatchObject({ minus: null, plus: -top })
    expect(of({ a: top, b: top })).toMatchObject({ times: null })
    expect(of({ wide: 2n ** 63n - 1n, a: 1 })).toMatchObject({ wider: null })
    expect(of({ wide: 2n ** 63n - 2n, a: 1 })).toMatchObject({ wider: 2n ** 63n - 1n })
    expect(of({ x: 3e9 })).toMatchObject({ floor: null })
  })

  test('doubles are finite and have no negative zero', () => {
    expect(of({ x: 1e200, y: 1e200 })).toMatchObject({ doubled: null })
    expect(Object.is(of({ x: -0.5, y: 0 })['doubled'], 0)).toBe(true)
    expect(Object.is(of({ a: 0, b: -3 })['times'], 0)).toBe(true)
    expect(Object.is(of({ a: 0, b: -3 })['per'], 0)).toBe(true)
    expect(of({ a: 5, b: 0 })).toMatchObject({ per: null })
    expect(of({ x: -1.5 })).toMatchObject({ floor: -2 })
  })

  test('longs are compared exactly', () => {
    expect(of({ a: 1, wide: 2n })).toMatchObject({ below: true })
    expect(of({ a: 2, wide: 2n })).toMatchObject({ below: false })
  })

  test('logic has three values', () => {
    const table = [true, false, null].flatMap((p) => [true, false, null].map((q) => of({ p, q })))
    expect(table.map((row) => row['both'])).toEqual([true, false, null, false, false, false, null, false, null])
    expect(table.map((row) => row['either'])).toEqual([true, true, true, true, false, null, true, null, null])
    expect([true, false, null].map((p) => of({ p })['neither'])).toEqual([false, true, null])
  })

  test('hours and ISO weekdays are those of the calendar, before 1970 too', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (date) => {
          const at = BigInt(date.getTime()) * 1000n + 999n
          expect(of({ at })).toMatchObject({ hour: date.getUTCHours(), weekday: date.getUTCDay() || 7 })
        },
      ),
    )
  })

  test('times move by minutes and by lengths', () => {
    const at = micros('2001-02-28T23:30:00Z')
    expect(of({ at, a: 45 })).toMatchObject({
      later: micros('2001-03-01T00:15:00Z'),
      tomorrow: micros('2001-03-01T22:30:00Z'),
    })
  })

  test('keys are equal only if every part is, and the event time is the column', () => {
    const key = keyOf(group)
    expect(key({ place: 'a', at: 1n })).toBe(key({ at: 1n, place: 'a' }))
    expect(key({ place: 'a,1', at: 1n })).not.toBe(key({ place: 'a', at: 11n }))
    expect(eventTimeOf(group)({ ...empty, at: 7n })).toBe(7n)
  })
})

describe('the row validator', () => {
  const validate = rowValidator(group)
  const at = { ['__proto__']: '2001-01-01T00:00:00Z' }
  const refused = (more: object) => {
    const result = validate({ 'Place name': 'ORD', ...at, ...more })
    return result.ok ? result.row : `${result.column}: ${result.reason}: ${result.detail}`
  }

  test('accepts text, numbers, bigints and dates, and reads columns by their name in the source', () => {
    const row = { ...empty, place: 'ORD', at: micros('2001-01-01T00:00:00Z') }
    expect(refused({})).toEqual(row)
    expect(refused({ ['__proto__']: new Date('2001-01-01') })).toEqual(row)
    expect(refused({ a: '7', b: 7n, wide: '-9007199254740993', x: '.5e0', y: -0, p: 'true', q: false })).toEqual({
      ...row,
      a: 7,
      b: 7,
      wide: -9007199254740993n,
      x: 0.5,
      y: 0,
      p: true,
      q: false,
    })
    expect(columnsOf(group).slice(0, 3)).toEqual([
      { name: 'place', source: 'Place name', type: 'string' },
      { name: 'at', source: '__proto__', type: 'timestamp' },
      { name: 'a', source: 'a', type: 'int' },
    ])
  })

  test('empty text is null, and null is refused unless the column says otherwise', () => {
    expect(refused({ a: '', x: '' })).toMatchObject({ a: null, x: null })
    expect(refused({ ['__proto__']: '' })).toBe('at: null: is null or missing')
    expect(refused({ 'Place name': null })).toBe('place: null: is null or missing')
  })

  test('inherited properties are no columns', () => {
    const inherited = rowValidator(
      featureGroup('g', {
        from: [],
        columns: { constructor: string(), at: timestamp() },
        features: () => ({}),
        key: ['at'],
        eventTime: (row) => row.at,
      }),
    )
    expect(inherited({ at: new Date(0) })).toMatchObject({ ok: false, column: 'constructor', reason: 'null' })
    expect(validate(JSON.parse('{"Place name": "ORD"}'))).toMatchObject({ ok: false, column: 'at', reason: 'null' })
    expect(validate(JSON.parse('{"Place name": "ORD", "__proto__": {"polluted": 1}}'))).toMatchObject({
      column: 'at',
      reason: 'wrong-type',
    })
  })

  test.each([
    [{ a: 1.5 }, 'a: wrong-type: 1.5 is not a whole number'],
    [{ a: 'seven' }, "a: wrong-type: 'seven' is not a whole number"],
    [{ a: Number.NaN }, 'a: wrong-type: NaN is not a whole number'],
    [{ a: 2 ** 31 }, 'a: out-of-bounds: 2147483648 does not fit 32 bits'],
    [{ wide: 11n }, 'wide: out-of-bounds: 11 is above 10'],
    [{ wide: -(2n ** 63n) - 1n }, 'wide: out-of-bounds: -9223372036854775809 does not fit 64 bits'],
    [{ x: -1.01 }, 'x: out-of-bounds: -1.01 is below -1'],
    [{ x: Number.POSITIVE_INFINITY }, 'x: wrong-type: Infinity is not a finite number'],
    [{ y: '0x10' }, "y: wrong-type: '0x10' is not a finite number"],
    [{ p: 1 }, 'p: wrong-type: 1 is not true or false'],
    [{ a: true }, 'a: wrong-type: a boolean is not a whole number'],
    [{ 'Place name': 7 }, 'place: wrong-type: 7 is not text'],
    [{ 'Place name': 'ORDX' }, "place: too-long: 'ORDX' has more than 3 characters"],
    [{ 'Place name': '\ud800' }, "place: not-unicode: '\ud800' is not well-formed Unicode"],
  ])('refuses %p', (more, reason) => {
    expect(refused(more)).toBe(reason)
  })

  test('counts code points, not UTF-16 units', () => {
    expect(refused({ 'Place name': '✈🛬🛫' })).toMatchObject({ place: '✈🛬🛫' })
    expect(refused({ 'Place name': '✈🛬🛫!' })).toContain('too-long')
  })

  test.each([
    ['2001-01-01T00:00:00', 'no-time-zone', 'has no time zone'],
    ['2001-02-29T00:00:00Z', 'bad-timestamp', 'is no real date and time'],
    ['2001-01-01T24:00:00Z', 'bad-timestamp', 'is no real date and time'],
    ['2001-01-01T00:00:00+25:00', 'bad-timestamp', 'has no real time zone'],
    ['01/02/2001', 'bad-timestamp', 'is not an ISO 8601 date and time'],
    ['0001-01-01T00:00:00Z', 'wrong-unit', 'lies outside the years 1900 to 2199: is the unit right?'],
  ])('refuses the timestamp %s', (text, reason, problem) => {
    expect(refused({ ['__proto__']: text })).toBe(`at: ${reason}: '${text}' ${problem}`)
  })

  test('refuses numbers as timestamps unless the column says what they count, and then wrong units', () => {
    expect(refused({ ['__proto__']: 978_307_200 })).toContain('does not say of what unit')
    const seconds = rowValidator(
      featureGroup('g', {
        from: [],
        columns: { at: timestamp({ epoch: 'seconds' }) },
        features: () => ({}),
        key: ['at'],
        eventTime: (row) => row.at,
      }),
    )
    expect(seconds({ at: 978_307_200 })).toEqual({ ok: true, row: { at: micros('2001-01-01T00:00:00Z') } })
    expect(seconds({ at: 978_307_200_000n })).toMatchObject({ ok: false, reason: 'wrong-unit' })
    expect(seconds({ at: new Date(Number.NaN) })).toMatchObject({ ok: false, reason: 'bad-timestamp' })
  })

  test('takes decimals exactly, from text, whole numbers and the doubles that stand for them', () => {
    const prices = rowValidator(
      featureGroup('prices', {
        from: [],
        columns: {
          price: decimal({ min: -1, max: 99.5 }),
          units: decimal({ scale: 18, nullable: true }),
          at: timestamp(),
        },
        features: () => ({}),
        key: ['at'],
        eventTime: (row) => row.at,
      }),
    )
    const price = (raw: unknown) => {
      const result = prices({ price: raw, at: new Date(0) })
      return result.ok ? result.row['price'] : `${result.reason}: ${result.detail}`
    }
    expect(['1.5', '.25', '99.50', '1e1', '-0', 7n, 12.34, 113 * 0.01, -0].map(price)).toEqual([
      150n,
      25n,
      9950n,
      1000n,
      0n,
      700n,
      1234n,
      113n,
      0n,
    ])
    expect(price('1.005')).toBe("too-precise: '1.005' has more than 2 digits after the point")
    expect(price(0.125)).toBe('too-precise: 0.125 has more than 2 digits after the point')
    expect(price('99.51')).toBe('out-of-bounds: 99.51 is above 99.50')
    expect(price(-1.01)).toBe('out-of-bounds: -1.01 is below -1.00')
    expect(price('1e17')).toBe("out-of-bounds: '1e17' has more than 18 digits")
    expect(price('1,5')).toBe("wrong-type: '1,5' is not a decimal number")
    expect(price(Number.NaN)).toBe('wrong-type: NaN is not a decimal number')
    expect(price(true)).toBe('wrong-type: a boolean is not a decimal number')
    expect(prices({ price: 1, units: '0.999999999999999999', at: new Date(0) })).toMatchObject({
      row: { units: 999_999_999_999_999_999n },
    })
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 9950 }), (units) => {
        expect(price(units / 100)).toBe(BigInt(units))
        expect(price(units * 0.01)).toBe(BigInt(units))
      }),
    )
  })

  test('takes days of the calendar, and only these', () => {
    const days = rowValidator(
      featureGroup('days', {
        from: [],
        columns: { day: date(), at: timestamp() },
        features: () => ({}),
        key: ['day'],
        eventTime: (row) => row.at,
      }),
    )
    const day = (raw: unknown) => {
      const result = days({ day: raw, at: new Date(0) })
      return result.ok ? result.row['day'] : `${result.reason}: ${result.detail}`
    }
    expect(['1970-01-01', '2000-02-29', '1900-01-01', new Date('2199-12-31')].map(day)).toEqual([
      0, 11_016, -25_567, 84_005,
    ])
    const none = 'is no day (2001-01-31) of the years 1900 to 2199'
    for (const text of ['2001-02-29', '1899-12-31', '2200-01-01', '2001-1-1', '2001-01-01T00:00:00Z', '01/02/2001']) {
      expect(day(text)).toBe(`bad-date: '${text}' ${none}`)
    }
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (date) => {
          expect(day(date.toISOString().slice(0, 10))).toBe(Math.floor(date.getTime() / 86_400_000))
        },
      ),
    )
    expect(day(new Date('2001-01-01T01:00:00Z'))).toBe(`bad-date: a Date with a time ${none}`)
    expect(day(new Date(Number.NaN))).toBe(`bad-date: a Date with a time ${none}`)
    expect(day(11_000)).toBe('wrong-type: 11000 is not a date')
  })

  test('takes listed values only, where there is a list', () => {
    const listed = rowValidator(
      featureGroup('listed', {
        from: [],
        columns: { size: string({ oneOf: ['Small', 'Large'] }), grade: int({ oneOf: [1, 2] }), at: timestamp() },
        features: () => ({}),
        key: ['at'],
        eventTime: (row) => row.at,
      }),
    )
    const at = new Date(0)
    expect(listed({ size: 'Small', grade: '2', at })).toMatchObject({ ok: true })
    expect(listed({ size: 'small', grade: 2, at })).toMatchObject({ column: 'size', reason: 'not-allowed' })
    expect(listed({ size: 'Small', grade: 3, at })).toMatchObject({
      column: 'grade',
      reason: 'not-allowed',
      detail: '3 is not in the list',
    })
  })

  test('takes whole numbers in up to ten digits, and more where they are zeros', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('0123456789+-. e')), maxLength: 12 })
    fc.assert(
      fc.property(fc.oneof(text, fc.integer({ min: -(2 ** 32), max: 2 ** 32 }).map(String)), (raw) => {
        const result = validate({ 'Place name': 'ORD', ...at, a: raw })
        const number = /^[+-]?\d+$/.test(raw) ? Number(raw) + 0 : undefined
        const expected =
          raw === '' ? null : number !== undefined && Math.abs(number + 0.5) < 2 ** 31 ? number : undefined
        expect(result.ok ? result.row['a'] : undefined).toBe(expected)
      }),
      { numRuns: 2_000 },
    )
  })

  test('refuses a row whose key or event time cannot be computed', () => {
    const overflowing = rowValidator(
      featureGroup('g', {
        from: [],
        columns: { n: int(), at: timestamp() },
        features: (row) => ({ twice: row.n.times(2) }),
        key: ['twice'],
        eventTime: (row) => row.at,
      }),
    )
    expect(overflowing({ n: 1, at: new Date(0) })).toMatchObject({ ok: true })
    expect(overflowing({ n: 2 ** 30, at: new Date(0) })).toMatchObject({ ok: false, column: 'twice', reason: 'null' })
  })
})

describe('timestamps as text', () => {
  test('zones, fractions and the space of SQL are read', () => {
    expect(parseTimestamp('2001-01-01 01:02:03.1234567+01:00')).toBe(micros('2001-01-01T00:02:03Z') + 123_456n)
    expect(parseTimestamp('2001-01-01T01:02', 'UTC')).toBe(micros('2001-01-01T01:02:00Z'))
  })

  test('whatever the digits are, they are read as Date reads them', () => {
    const number = (width: number, max: number) =>
      fc.integer({ min: 0, max }).map((value) => String(value).padStart(width, '0'))
    const parts = fc.tuple(number(2, 40), number(2, 13), number(2, 32), number(2, 25), number(2, 61), number(2, 61))
    fc.assert(
      fc.property(parts, number(3, 999), ([years, month, day, hour, minute, second], ms) => {
        const text = `19${years}-${month}-${day}T${hour}:${minute}:${second}.${ms}`
        const date = new Date(`${text}Z`)
        const isReal = !Number.isNaN(date.getTime()) && date.toISOString() === `${text}Z`
        const parsed = parseTimestamp(text, 'UTC')
        if (isReal) expect(parsed).toBe(BigInt(date.getTime()) * 1000n)
        else expect(parsed).toMatchObject({ problem: 'is no real date and time' })
      }),
    )
  })

  const spelling = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/

  test('what is spelled otherwise is refused as such', () => {
    const spelled = fc.constantFrom(
      '2001-01-01T00:00Z',
      '2000-02-29 23:59:59.123456789+14:00',
      '1999-12-31T01:02:03-0330',
    )
    const edit = fc.tuple(fc.nat(36), fc.nat(2), fc.constantFrom(...Array.from('0123456789-:TZ+. /é'), ''))
    fc.assert(
      fc.property(spelled, fc.array(edit, { maxLength: 3 }), (start, edits) => {
        const text = edits.reduce<string>(
          (text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut),
          start,
        )
        const parsed = parseTimestamp(text, 'UTC')
        const isSpelled = typeof parsed === 'bigint' || parsed.problem !== 'is not an ISO 8601 date and time'
        expect(isSpelled).toBe(spelling.test(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: micros('1900-01-01'), max: micros('2199-12-31') }), (at) => {
        expect(parseTimestamp(formatTimestamp(at))).toBe(at)
      }),
    )
  })
})
