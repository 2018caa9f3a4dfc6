import { describe, expect, it } from '@jest/globals'
import type { Json } from '../../json.ts'
import { readPath } from '../path/read-path.ts'
import { callIntrinsic } from './call-intrinsic.ts'
import { parseIntrinsic } from './parse-intrinsic.ts'

const input: Json = {
  list: [1, 2, 2, { a: 1 }, { a: 1 }],
  text: 'a,b;;c',
  json: { a: [1, { b: null }], t: true },
  half: 1.5,
}
const call = (text: string) =>
  callIntrinsic(parseIntrinsic(text), ({ path }) => readPath(path, (root) => (root === '$' ? input : undefined)))

// Results are those of the examples in the Step Functions Developer Guide, "Intrinsic functions for JSONPath states",
// or follow from the recordings of AWS that `npm run proof -- asl` replays.
describe('an intrinsic function', () => {
  it.each<[string, Json]>([
    ['States.Array()', []],
    ["States.Array('a', 1, null, true, $.half)", ['a', 1, null, true, 1.5]],
    ['States.ArrayPartition($.list, 2)', [[1, 2], [2, { a: 1 }], [{ a: 1 }]]],
    ['States.ArrayContains($.list, $.list[3])', true],
    ['States.ArrayContains($.list, 9)', false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayGetItem($.list, 3)', { a: 1 }],
    ['States.ArrayLength($.list)', 5],
    ['States.ArrayUnique($.list)', [1, 2, { a: 1 }]],
    ["States.Base64Encode('Data to encode')", 'RGF0YSB0byBlbmNvZGU='],
    ["States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", 'Data to encode'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['States.JsonMerge($.json, $.list[3], false)', { a: 1, t: true }],
    ["States.StringToJson(' ')", null],
    [`States.StringToJson('{"a": "it\\'s"}')`, { a: "it's" }],
    ['States.JsonToString($.json)', '{"a":[1,{"b":null}],"t":true}'],
    ['States.MathAdd($.half, -1.5)', 1],
    ['States.MathAdd(-0.5, 0)', 0],
    ["States.StringSplit($.text, ',;')", ['a', 'b', 'c']],
    ["States.Format('{} is {}, \\{\\}', $.json, 'x')", '{a=[1, {b=null}], t=true} is x, {}'],
    ["States.Format('{}', 'it\\'s {}')", "it's {}"],
    ["States.ArrayGetItem(States.StringSplit('a-b', '-'), States.MathAdd(0, 1))", 'b'],
  ])('%s is %j', (text, value) => {
    expect(call(text)).toEqual(value)
  })

  it('gives random numbers, the same for the same seed, and unique names', () => {
    const number = call('States.MathRandom(1, 4)')
    expect([1, 2, 3]).toContain(number)
    expect(call('States.MathRandom(0, 1000000, 7)')).toBe(call('States.MathRandom(0, 1000000, 7)'))
    expect(call('States.UUID()')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  it.each([
    ['States.ArrayGetItem($.list, 9)', 'The index 9 is outside of the array'],
    ['States.ArrayPartition($.list, 0)', 'The chunk size must be positive'],
    ['States.ArrayRange(0, 5000, 1)', 'The array would have more than 1000 items'],
    ['States.ArrayRange(0, 1, 0)', 'The increment must not be zero'],
    ['States.ArrayLength($.text)', 'Argument 1 must be of type array, but was string'],
    ['States.ArrayLength()', 'Argument 1 is missing'],
    ['States.ArrayLength($.list, 1)', 'There are too many arguments'],
    ["States.Base64Decode('?')", 'The argument is not encoded in Base64'],
    ["States.Hash('a', 'CRC')", 'The algorithm must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512'],
    ['States.JsonMerge($.json, $.json, true)', 'Only shallow merging is supported: the third argument must be false'],
    ["States.StringToJson('{')", 'The argument is no JSON text'],
    ["States.Format('{}', 1, 2)", 'There are more arguments than occurrences of {}'],
    ["States.Format('{} {}', 1)", 'Argument 3 is missing'],
    ['States.MathRandom(2, 2)', 'The end must be greater than the start'],
  ])('%s fails', (text, problem) => {
    expect(() => call(text)).toThrow(`The function '${text}' had the following error: ${problem}`)
  })

  it('takes at most 10,000 characters of data', () => {
    expect(() => call(`States.Hash('${'x'.repeat(10_001)}', 'MD5')`)).toThrow('more than 10000 characters')
  })

  it.each([
    "States.Reverse('a')",
    'States.Array(',
    'States.Array(1 2)',
    "States.Array('a)",
    'States.Array(yes)',
    'States.UUID() and more',
    `${'States.Array('.repeat(11)}1${')'.repeat(11)}`,
  ])('is not %j', (text) => {
    expect(() => parseIntrinsic(text)).toThrow(expect.objectContaining({ name: 'SyntaxProblem' }))
  })
})
