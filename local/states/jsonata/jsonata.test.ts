import { describe, expect, it } from '@jest/globals'
import { evaluate, expressionIn } from './expression.ts'
import { fill } from './template.ts'

const value = (source: string, variables: Readonly<Record<string, unknown>> = {}) => evaluate(source, variables)

describe('an expression', () => {
  it.each([
    ['{% 1 + 1 %}', '1 + 1'],
    ['{%1%}', '1'],
    ['{%\n  1\n%}', '1'],
    [' {% 1 %}', undefined],
    ['a {% 1 %}', undefined],
    ['', undefined],
  ])('in %j is %j', (text, source) => {
    expect(expressionIn(text)).toBe(source)
  })

  it('sees variables and gives plain JSON', async () => {
    expect(await value('$a.b[c > 1]', { a: { b: [{ c: 1 }, { c: 2 }] } })).toEqual({ c: 2 })
  })

  it.each([
    ['$a', 'returned nothing (undefined).'],
    [
      '1 + "a"',
      'threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number',
    ],
    ['function($x) { $x }', 'returned an unsupported result type.'],
    ['{"f": $sum}', 'returned an unsupported result type.'],
    ['$error("no")', 'threw an error during evaluation. D3137: no'],
    ['$eval("1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
  ])('%s %s', async (source, problem) => {
    await expect(value(source)).rejects.toMatchObject({ problem })
  })
})

describe('Step Functions’ own functions', () => {
  it.each([
    ['$partition([1, 2, 3, 4, 5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(1, 9, 3)', [1, 4, 7]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ["$hash('text', 'SHA-256')", '982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1'],
    ["$hash('text', 'MD5')", '1cb251ec0d568de6a929b520c4aed8d1'],
    ['$random(1) = $random(1)', true],
    ['$parse(\'{"a":[1]}\').a', [1]],
    ['$length($uuid())', 36],
  ])('%s', async (source, expected) => {
    expect(await value(source)).toEqual(expected)
  })

  it.each(['$partition([1], 0)', '$range(1, 5000, 1)', '$range(1, 2, 0)', "$hash('text', 'CRC32')", "$parse('{')"])(
    '%s fails',
    async (source) => {
      await expect(value(source)).rejects.toThrow('threw an error during evaluation')
    },
  )
})

describe('a template', () => {
  it('is filled in everywhere, and names the field that has no value', async () => {
    expect(await fill({ a: ['{% $x %}', 1, { b: '{% $x & "!" %}' }], c: null }, 'Output', { x: 'y' })).toEqual({
      a: ['y', 1, { b: 'y!' }],
      c: null,
    })
    await expect(fill({ a: [{ b: '{% $none %}' }] }, 'Output', {})).rejects.toMatchObject({ field: 'Output/a[0]/b' })
  })
})
