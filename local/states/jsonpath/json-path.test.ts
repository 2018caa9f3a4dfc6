import { describe, expect, it } from '@jest/globals'
import type { MapState, PassState, State, StateMachine, TaskState } from '../definition.ts'
import type { Json } from '../json.ts'
import { typesOf } from '../testing.ts'
import { walk } from '../walk.ts'
import type { Mocks } from '../walk.ts'

const machine = (States: Readonly<Record<string, State>>): StateMachine => ({
  StartAt: Object.keys(States)[0] ?? '',
  States,
})
const pass = async (fields: Partial<PassState>, input: Json) => {
  const { outcome } = await walk(machine({ A: { Type: 'Pass', End: true, ...fields } }), input)
  return 'output' in outcome ? outcome.output : { error: outcome.error, cause: outcome.cause }
}
const task = (fields: Partial<TaskState>, input: Json, mocks: Mocks) =>
  walk(
    machine({
      A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...fields },
      Caught: { Type: 'Pass', End: true },
    }),
    input,
    mocks,
  )
const where = "An error occurred while executing the state 'A' (entered at the event id #2)."

describe('input and output', () => {
  it.each<[Partial<PassState>, Json]>([
    [{}, { a: { b: 1 }, c: 2 }],
    [{ InputPath: '$.a' }, { b: 1 }],
    [{ InputPath: null }, {}],
    [{ OutputPath: '$.c' }, 2],
    [{ OutputPath: null }, {}],
    [{ Result: { 'd.$': '$.a' } }, { 'd.$': '$.a' }],
    [{ Result: null }, null],
    [
      { Result: 3, ResultPath: '$.a.d' },
      { a: { b: 1, d: 3 }, c: 2 },
    ],
    [
      { Result: 3, ResultPath: null },
      { a: { b: 1 }, c: 2 },
    ],
    [{ InputPath: '$.a', ResultPath: '$.d', OutputPath: '$.d' }, { b: 1 }],
    [
      { Parameters: { 'x.$': '$.a.b', y: ['$.c', { 'z.$': "States.Format('{}', $.c)" }] } },
      { x: 1, y: ['$.c', { z: '2' }] },
    ],
    [
      { InputPath: '$.a', Parameters: { 'x.$': '$', 'state.$': '$$.State.Name' } },
      { x: { b: 1 }, state: 'A' },
    ],
  ])('%j', async (fields, output) => {
    expect(await pass(fields, { a: { b: 1 }, c: 2 })).toEqual(output)
  })

  it.each<[Partial<PassState>, string, string]>([
    [{ InputPath: '$.x' }, 'States.Runtime', "Invalid path '$.x' : No results for path: $['x']"],
    [{ OutputPath: '$.x.y' }, 'States.Runtime', "Invalid path '$.x.y' : Missing property in path $['x']"],
    [
      { Parameters: { 'p.$': '$.x' } },
      'States.Runtime',
      `The JSONPath '$.x' specified for the field 'p.$' could not be found in the input '{"a":1}'`,
    ],
    [
      { Parameters: { 'p.$': 'States.ArrayLength($.x)' } },
      'States.Runtime',
      `The JSONPath argument for the field '$.x' could not be found in the input '{"a":1}'`,
    ],
    [
      { Parameters: { 'p.$': 'States.ArrayLength($.a)' } },
      'States.IntrinsicFailure',
      "The function 'States.ArrayLength($.a)' had the following error: Argument 1 must be of type array, but was number",
    ],
    [{ ResultPath: '$.a.b' }, 'States.ResultPathMatchFailure', 'Unable to apply ReferencePath $.a.b to input {"a":1}'],
  ])('%j fails as %s', async (fields, error, problem) => {
    expect(await pass(fields, { a: 1 })).toEqual({ error, cause: `${where} ${problem}` })
  })
})

describe('a Task', () => {
  it('selects from its result, puts it into its input and assigns from it', async () => {
    const { calls, outcome } = await task(
      {
        InputPath: '$.in',
        Parameters: { 'n.$': '$.n' },
        ResultSelector: { 'sum.$': '$.Payload.sum', 'tries.$': '$$.State.RetryCount' },
        ResultPath: '$.out',
        Assign: { 'total.$': '$.sum' },
        Next: 'Caught',
      },
      { in: { n: 1 } },
      { A: { payload: { sum: 3 } } },
    )
    expect(calls['A']).toEqual([{ n: 1 }])
    expect(outcome).toMatchObject({ output: { in: { n: 1 }, out: { sum: 3, tries: 0 } } })
  })

  it('puts a caught error into its input', async () => {
    const { outcome } = await task(
      { Catch: [{ ErrorEquals: ['Odd'], ResultPath: '$.error', Next: 'Caught' }] },
      { a: 1 },
      { A: { error: 'Odd', cause: 'is odd' } },
    )
    expect(outcome).toMatchObject({ output: { a: 1, error: { Error: 'Odd', Cause: 'is odd' } } })
  })

  it('reads its times from paths', async () => {
    const { outcome, seconds } = await task({ TimeoutSecondsPath: '$.t' }, { t: 7 }, { A: { hangs: true } })
    expect(outcome).toMatchObject({ error: 'States.Timeout' })
    expect(seconds).toBe(7)
    const wrong = await task({ TimeoutSecondsPath: '$.t' }, { t: 'soon' }, {})
    expect(wrong.outcome).toMatchObject({
      error: 'States.Runtime',
      cause: `${where} The TimeoutSecondsPath field refers to value "soon" which is not a valid integer: $.t`,
    })
  })
})

describe('a Map', () => {
  const map = (fields: Partial<MapState>, input: Json) =>
    walk(
      machine({
        A: {
          Type: 'Map',
          ItemsPath: '$.list',
          ItemProcessor: { StartAt: 'Work', States: { Work: { Type: 'Pass', End: true } } },
          End: true,
          ...fields,
        },
      }),
      input,
    )

  it('iterates over a part of its input', async () => {
    const { outcome } = await map(
      {
        ItemSelector: { 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index', 'all.$': '$.list' },
        ResultPath: '$.r',
      },
      { list: ['x'] },
    )
    expect(outcome).toMatchObject({ output: { list: ['x'], r: [{ v: 'x', i: 0, all: ['x'] }] } })
  })

  it('takes Iterator and Parameters as the older names', async () => {
    const { outcome } = await walk(
      machine({
        A: {
          Type: 'Map',
          Iterator: { StartAt: 'Work', States: { Work: { Type: 'Succeed' } } },
          Parameters: { 'v.$': '$$.Map.Item.Value' },
          End: true,
        },
      }),
      [1],
    )
    expect(outcome).toMatchObject({ output: [{ v: 1 }] })
  })

  it('fails for items that are no list, and for a concurrency that is no number', async () => {
    expect((await map({}, { list: {} })).outcome).toMatchObject({
      cause: `${where} Reference path "$.list" must point to array.`,
    })
    const { outcome, events } = await map({ MaxConcurrencyPath: '$.most' }, { list: [], most: {} })
    expect(outcome).toMatchObject({
      error: 'States.Runtime',
      cause: `${where} The MaxConcurrencyPath field refers to value "{}" which is not a valid integer: $.most`,
    })
    expect(typesOf(events)).toEqual(['ExecutionStarted', 'MapStateEntered', 'ExecutionFailed'])
  })
})

describe('Wait, Fail and Choice', () => {
  const run = async (state: State, input: Json) => (await walk(machine({ A: state }), input)).outcome

  it.each([
    [{ SecondsPath: '$.x' }, 1.5, 'The SecondsPath parameter cannot be parsed as a long value: $.x == 1.5'],
    [{ SecondsPath: '$.x' }, -1, 'The SecondsPath parameter references a negative value: $.x == -1'],
    [
      { TimestampPath: '$.x' },
      '2026-01-01',
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.x == 2026-01-01',
    ],
  ])('a Wait by %j of %j fails', async (fields, x, problem) => {
    expect(await run({ Type: 'Wait', End: true, ...fields }, { x })).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: `${where} ${problem}`,
    })
  })

  it('a Wait waits as long as its input says', async () => {
    const { seconds } = await walk(machine({ A: { Type: 'Wait', SecondsPath: '$.x', End: true } }), { x: 90 })
    expect(seconds).toBe(90)
  })

  it('a Fail takes its words from the input', async () => {
    const state: State = { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('because of {}', $.e)" }
    expect(await run(state, { e: 'Odd' })).toEqual({ status: 'FAILED', error: 'Odd', cause: 'because of Odd' })
    expect(await run({ Type: 'Fail', ErrorPath: '$.none' }, {})).toMatchObject({ error: 'States.Runtime' })
  })

  it('a Choice assigns by the rule that holds, and its paths are for every way out', async () => {
    const { outcome } = await walk(
      machine({
        A: {
          Type: 'Choice',
          InputPath: '$.in',
          OutputPath: '$.v',
          Choices: [{ Variable: '$.v', IsNumeric: true, Assign: { 'kept.$': '$.v' }, Next: 'B' }],
        },
        B: { Type: 'Pass', Parameters: { 'in.$': '$', 'kept.$': '$kept' }, End: true },
      }),
      { in: { v: 5 } },
    )
    expect(outcome).toMatchObject({ output: { in: 5, kept: 5 } })
    expect(await run({ Type: 'Choice', Choices: [] }, {})).toMatchObject({ error: 'States.NoChoiceMatched' })
  })
})

it('JSONata states stand among JSONPath ones and share their variables', async () => {
  const { outcome } = await walk(
    machine({
      A: { Type: 'Pass', Assign: { 'n.$': '$.n' }, Next: 'B' },
      B: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% {"m": $n + 1} %}', Next: 'C' },
      C: { Type: 'Pass', Parameters: { 'm.$': '$.m', 'n.$': '$n' }, End: true },
    }),
    { n: 1 },
  )
  expect(outcome).toMatchObject({ output: { m: 2, n: 1 } })
})
