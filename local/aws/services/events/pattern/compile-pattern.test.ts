import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { compilePattern } from './compile-pattern.ts'

const matches = (pattern: unknown, event: unknown) => compilePattern(pattern)(event)
const field = (condition: unknown, value: unknown) => matches({ a: [condition] }, { a: value })
const refusal = (pattern: unknown) => {
  try {
    compilePattern(pattern)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : undefined
  }
}

test.each([
  ['x', 'x', 'X'],
  [5, 5, '5'],
  [true, true, 'true'],
  [null, null, 'null'],
  [{ exactly: 'x' }, 'x', 'y'],
  [{ prefix: 'ab' }, 'abc', 'cab'],
  [{ prefix: { 'equals-ignore-case': 'AB' } }, 'abc', 'cab'],
  [{ suffix: '.csv' }, 'a.csv', 'a.csv.gz'],
  [{ suffix: { 'equals-ignore-case': '.CSV' } }, 'a.csv', 'a.gz'],
  [{ 'equals-ignore-case': 'STRASSE' }, 'straße', 'strase'],
  [{ 'anything-but': 'x' }, null, 'x'],
  [{ 'anything-but': [1, 2] }, 3, 2],
  [{ 'anything-but': { prefix: 'a' } }, 1, 'ab'],
  [{ 'anything-but': { suffix: ['a', 'b'] } }, 'c', 'cb'],
  [{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }, 'c', 'B'],
  [{ 'anything-but': { wildcard: '*/tmp/*' } }, 'tmp/', 'a/tmp/b'],
  [{ numeric: ['=', 3.018e2] }, 301.8, '301.8'],
  [{ numeric: ['>', 0, '<=', 5] }, 5, 0],
  [{ numeric: ['>=', 0, '<', 5] }, 0, 5],
  [{ exists: true }, null, {}],
  [{ exists: false }, { b: 1 }, 1],
  [{ cidr: '10.0.0.0/8' }, '10.255.0.1', '11.0.0.1'],
  [{ cidr: '10.0.0.0/8' }, '10.0.0.0', '::ffff:10.0.0.1'],
  [{ cidr: '2001:db8::/32' }, '2001:db8:1::', '2001:db9::'],
  [{ wildcard: 'a*b*c' }, 'abbc', 'acb'],
  [{ wildcard: '*.csv' }, '.csv', '.csv.'],
  [{ wildcard: 'a\\*\\\\' }, 'a*\\', 'ab\\'],
  [{ wildcard: 'a*' }, 'a', 'ba'],
])('%j is in %j, not in %j', (condition, inside, outside) => {
  expect(field(condition, inside)).toBe(true)
  expect(field(condition, outside)).toBe(false)
})

test('one element of a list is enough, and leaves below one list are of the same element', () => {
  expect(matches({ a: ['x', 'y'] }, { a: ['z', 'y'] })).toBe(true)
  expect(matches({ a: ['x'] }, { a: [] })).toBe(false)
  const pattern = { jobs: { name: ['n'], state: ['ok'] } }
  const job = (name: string, state: string) => ({ name, state })
  expect(matches(pattern, { jobs: [job('m', 'ok'), job('n', 'ok')] })).toBe(true)
  expect(matches(pattern, { jobs: [job('m', 'ok'), job('n', 'failed')] })).toBe(false)
})

test('every field must fit, one way of each $or, and names joined by dots are nested ones', () => {
  const pattern = { source: ['s'], detail: { $or: [{ a: [1] }, { b: [2], 'c.d': [3] }] } }
  expect(matches(pattern, { source: 's', detail: { a: 1 } })).toBe(true)
  expect(matches(pattern, { source: 's', detail: { b: 2, c: { d: 3 } } })).toBe(true)
  expect(matches(pattern, { source: 's', detail: { b: 2 } })).toBe(false)
  expect(matches(pattern, { source: 't', detail: { a: 1 } })).toBe(false)
})

test.each([
  [[], 'Filter is not an object'],
  [{}, 'Empty objects are not allowed'],
  [{ a: 'x' }, '"a" must be an object or an array'],
  [{ a: [] }, 'Empty arrays are not allowed'],
  [{ a: [['x']] }, 'Match value must be String, number, true, false, or null'],
  [{ a: [{ toString: 'x' }] }, 'Unrecognized match type toString'],
  [{ a: [{ prefix: 'x', suffix: 'y' }] }, 'Only one key allowed in match expression'],
  [{ a: [{}] }, 'Match expression name not found'],
  [{ a: [{ prefix: 1 }] }, 'prefix match pattern must be a string'],
  [{ a: [{ suffix: { wildcard: '*' } }] }, 'Unsupported suffix pattern: wildcard'],
  [{ a: [{ exists: 'true' }] }, 'exists match pattern must be either true or false.'],
  [{ a: [{ numeric: ['<', 1, '>', 0] }] }, 'Too many elements in numeric expression'],
  [{ a: [{ numeric: ['>', 1, '<', 0] }] }, 'Bottom must be less than top'],
  [{ a: [{ numeric: ['>', 'x'] }] }, 'Value of > must be numeric'],
  [{ a: [{ numeric: ['!', 1] }] }, 'Unrecognized numeric range operator: !'],
  [{ a: [{ 'anything-but': ['x', 1] }] }, expect.stringContaining('mixed type is not supported')],
  [{ a: [{ 'anything-but': { numeric: ['=', 1] } }] }, 'Unsupported anything-but pattern: numeric'],
  [{ a: [{ 'anything-but': { prefix: '' } }] }, 'Null prefix/suffix not allowed'],
  [{ a: [{ cidr: '10.0.0.0' }] }, "Malformed CIDR, one '/' required"],
  [{ a: [{ cidr: '10.0.0.0/32' }] }, 'IPv4 mask bits must be < 32'],
  [{ a: [{ wildcard: 'a**' }] }, 'Consecutive wildcard characters at pos 2'],
  [{ a: [{ wildcard: 'a\\b' }] }, 'Invalid escape character at pos 2'],
  [{ a: [{ wildcard: '*a*a*a*a*a*a' }] }, expect.stringMatching(/^Rule is too complex/)],
  [{ $or: [{ a: [1] }] }, 'There must have at least 2 Objects in $or relationship.'],
  [{ $or: { a: [1] } }, 'It must be an Array followed with $or.'],
  [{ $or: [{ prefix: ['x'] }, { a: [1] }] }, 'prefix is Ruler reserved fieldName which cannot be used inside $or.'],
  [
    Object.fromEntries('abcdefghijk'.split('').map((name) => [name, { $or: [{ x: [1] }, { y: [1] }] }])),
    expect.stringContaining('too complex'),
  ],
])('%j is refused', (pattern, message) => {
  expect(refusal(pattern)).toEqual(message)
})

const recorded = new URL('../../../../../../shared/bench/asl/event-pattern-bench.json', import.meta.url)

if (existsSync(recorded)) {
  test('what was recorded on AWS comes out the same', () => {
    const cases = JSON.parse(readFileSync(recorded, 'utf8')) as readonly {
      readonly name: string
      readonly pattern: unknown
      readonly event: unknown
      readonly expect: boolean | 'exception'
    }[]
    const wrong = cases.filter(({ pattern, event, expect: wanted }) =>
      wanted === 'exception' ? refusal(pattern) === undefined : matches(pattern, event) !== wanted,
    )
    expect(cases).toHaveLength(155)
    expect(wrong.map(({ name }) => name)).toEqual([])
  })
}
