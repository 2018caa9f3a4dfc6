import { describe, expect, it } from '@jest/globals'
import type { ChoiceRule } from '../../definition.ts'
import type { Json, JsonObject } from '../../json.ts'
import { walk } from '../../walk.ts'

const chosen = async (rule: ChoiceRule, input: Json) => {
  const { path, outcome } = await walk(
    {
      StartAt: 'Ask',
      States: {
        Ask: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Succeed' },
        No: { Type: 'Succeed' },
      },
    },
    input,
  )
  return outcome.status === 'SUCCEEDED' ? path[1] : outcome
}

const early = '2026-01-01T00:00:00Z'
const late = '2026-01-01T02:00:00+01:00'

describe('a rule', () => {
  it.each<[JsonObject, Json]>([
    [{ StringEquals: 'a' }, 'a'],
    [{ StringLessThan: 'b' }, 'a'],
    [{ StringGreaterThanEquals: 'a' }, 'a'],
    [{ StringMatches: 'log-*.txt' }, 'log-1.txt'],
    [{ StringMatches: 'a\\*\\\\' }, 'a*\\'],
    [{ NumericEquals: 1 }, 1],
    [{ NumericLessThanEquals: 1.5 }, 1],
    [{ NumericGreaterThan: -1 }, 0],
    [{ BooleanEquals: false }, false],
    [{ TimestampEquals: '2026-01-01T01:00:00+01:00' }, early],
    [{ TimestampLessThan: late }, early],
    [{ IsNull: true }, null],
    [{ IsString: false }, 1],
    [{ IsNumeric: true }, 1],
    [{ IsBoolean: true }, false],
    [{ IsTimestamp: true }, early],
    [{ IsTimestamp: false }, '2026-01-01'],
    [{ IsPresent: true }, null],
  ])('%j holds for %j', async (operator, value) => {
    expect(await chosen({ Variable: '$.v', ...operator }, { v: value })).toBe('Yes')
  })

  it.each<[JsonObject, Json]>([
    [{ StringEquals: '1' }, 1],
    [{ StringLessThan: 'a' }, 'b'],
    [{ StringMatches: 'a.c' }, 'abc'],
    [{ StringMatches: '*' }, 1],
    [{ NumericEquals: 1 }, '1'],
    [{ NumericLessThan: 1 }, null],
    [{ BooleanEquals: true }, 'true'],
    [{ TimestampGreaterThan: early }, 'soon'],
    [{ IsPresent: false }, 1],
  ])('%j does not hold for %j', async (operator, value) => {
    expect(await chosen({ Variable: '$.v', ...operator }, { v: value })).toBe('No')
  })

  it('compares two places of the input', async () => {
    const rule = { Variable: '$.a', NumericLessThanPath: '$.b' }
    expect(await chosen(rule, { a: 1, b: 2 })).toBe('Yes')
    expect(await chosen(rule, { a: 1, b: 'x' })).toBe('No')
  })

  it('joins others by And, Or and Not', async () => {
    const small = { Variable: '$.v', NumericLessThan: 3 }
    const text = { Variable: '$.v', IsString: true }
    expect(await chosen({ Or: [text, { And: [small, { Not: text }] }] }, { v: 1 })).toBe('Yes')
    expect(await chosen({ Not: { Or: [text, small] } }, { v: 'a' })).toBe('No')
  })

  it('asks with IsPresent alone for what may be missing', async () => {
    expect(await chosen({ Variable: '$.w', IsPresent: false }, {})).toBe('Yes')
    expect(await chosen({ Variable: '$.w', IsNull: true }, {})).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining(
        "Invalid path '$.w': The choice state's condition path references an invalid value.",
      ),
    })
  })
})
