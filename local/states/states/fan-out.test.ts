import { describe, expect, it } from '@jest/globals'
import type { MapState, ParallelState, State } from '../definition.ts'
import type { Json } from '../json.ts'
import { machine, task, typesOf } from '../testing.ts'
import { walk } from '../walk.ts'
import type { Mocks } from '../walk.ts'

const graph = (States: Readonly<Record<string, State>>) => ({ StartAt: Object.keys(States)[0] ?? '', States })

describe('Map', () => {
  const map = (fields: Partial<MapState>, input: Json, mocks?: Mocks) =>
    walk(
      machine({
        M: {
          Type: 'Map',
          ItemProcessor: graph({ Work: { ...task, Output: '{% $states.result %}' } }),
          End: true,
          ...fields,
        },
      }),
      input,
      mocks,
    )
  const oddFails: Mocks = {
    Work: (given) =>
      Number(given) % 2 ? { error: 'Odd', cause: `${JSON.stringify(given)} is odd` } : { result: given },
  }

  it('gives the results in the order of the items', async () => {
    const { outcome } = await map({ Items: '{% $states.input.list %}' }, { list: [4, 2, 6] }, oddFails)
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: [4, 2, 6] })
  })

  it('selects what an iteration gets, with its item and index', async () => {
    const { calls } = await map(
      {
        Items: ['a', 'b'],
        ItemSelector: { at: '{% $states.context.Map.Item.Index %}', is: '{% $states.context.Map.Item.Value %}' },
      },
      {},
      { Work: { result: null } },
    )
    expect(calls['Work']).toEqual([
      { at: 0, is: 'a' },
      { at: 1, is: 'b' },
    ])
  })

  it('has no result for no item', async () => {
    const { outcome, events } = await map({}, [])
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: [] })
    expect(typesOf(events)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ])
  })

  it.each([
    [{ Items: '{% $states.input %}' }, "Expected 'array', but was 'object'"],
    [{}, 'Map state input must be an array but was: {"a":1}'],
  ])('fails for items that are no array: %j', async (fields, cause) => {
    const { outcome } = await map(fields, { a: 1 })
    expect(outcome).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining(cause),
    })
  })

  it('keeps to MaxConcurrency, and to 40 without one', async () => {
    const items = Array.from({ length: 50 }, (_, at) => at)
    const most = async (fields: Partial<MapState>) => {
      const ItemProcessor = graph({ Rest: { Type: 'Wait', Seconds: 1, End: true } })
      return (await map({ ...fields, ItemProcessor }, items)).seconds
    }
    expect(await most({ MaxConcurrency: 5 })).toBe(10)
    expect(await most({})).toBe(2)
  })

  it('fails with the error of the first iteration that fails, and aborts the others', async () => {
    const ItemProcessor = graph({
      Sort: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'Bad' }], Default: 'Rest' },
      Bad: { Type: 'Fail', Error: 'Odd', Cause: 'one' },
      Rest: { Type: 'Wait', Seconds: 10, End: true },
    })
    const { outcome, events, seconds } = await map({ ItemProcessor }, [2, 1])
    expect(outcome).toEqual({ status: 'FAILED', error: 'Odd', cause: 'one' })
    expect(seconds).toBe(0)
    const last = ['MapIterationFailed', 'WaitStateAborted', 'MapIterationAborted', 'MapStateFailed', 'ExecutionFailed']
    expect(typesOf(events).slice(-5)).toEqual(last)
  })

  it('puts tolerated failures in the place of their results', async () => {
    const { outcome } = await map({ ToleratedFailureCount: 1 }, [2, 3], oddFails)
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: [2, { Error: 'Odd', Cause: '3 is odd' }] })
  })

  it.each([
    [{ ToleratedFailureCount: 1 }, 'FAILED'],
    [{ ToleratedFailureCount: '{% 2 %}' }, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 49 }, 'FAILED'],
    [{ ToleratedFailurePercentage: 50 }, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 0, ToleratedFailurePercentage: 50 }, 'SUCCEEDED'],
  ])('with two of four failing under %j ends as %s', async (fields, status) => {
    const { outcome } = await map(fields, [1, 2, 3, 4], oddFails)
    expect(outcome).toMatchObject(
      status === 'FAILED' ? { status, error: 'States.ExceedToleratedFailureThreshold' } : { status },
    )
  })

  it.each([
    [{ MaxConcurrency: '{% -1 %}' }, 'MaxConcurrency'],
    [{ ToleratedFailureCount: '{% -1 %}' }, 'ToleratedFailureCount'],
    [{ ToleratedFailurePercentage: '{% 101 %}' }, 'ToleratedFailurePercentage'],
  ])('refuses %j', async (fields, field) => {
    const { outcome } = await map(fields, [1])
    expect(outcome).toMatchObject({ error: 'States.QueryEvaluationError', cause: expect.stringContaining(field) })
  })

  it('retries all its iterations', async () => {
    const { outcome, calls } = await map(
      { Retry: [{ ErrorEquals: ['Odd'], MaxAttempts: 1 }], MaxConcurrency: 1 },
      [2, 4],
      { Work: [{ result: 2 }, { error: 'Odd' }, { result: 2 }, { result: 4 }] },
    )
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: [2, 4] })
    expect(calls['Work']).toEqual([2, 4, 2, 4])
  })
})

describe('Parallel', () => {
  const parallel = (fields: Partial<ParallelState>, input: Json, mocks?: Mocks) =>
    walk(
      machine({ P: { Type: 'Parallel', Branches: [], Next: 'End', ...fields }, End: { Type: 'Succeed' } }),
      input,
      mocks,
    )

  it('gives every branch the same input and the results in the order of the branches', async () => {
    const { outcome, seconds } = await parallel(
      {
        Arguments: { n: '{% $states.input + 1 %}' },
        Branches: [
          graph({ Slow: { Type: 'Wait', Seconds: 10, End: true } }),
          graph({ Fast: { Type: 'Pass', Output: '{% $states.input.n * 2 %}', End: true } }),
        ],
        Output: '{% $reverse($states.result) %}',
      },
      1,
    )
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: [4, { n: 2 }] })
    expect(seconds).toBe(10)
  })

  it('hands the first failing branch’s error to Catch and aborts the other branches', async () => {
    const Branches = [
      graph({ Long: { Type: 'Wait', Seconds: 100, End: true } }),
      graph({ Ask: { ...task, Resource: 'arn:aws:states:::lambda:invoke' } }),
      graph({ Hang: task }),
    ]
    const { outcome, path, seconds, events } = await parallel(
      { Branches, Catch: [{ ErrorEquals: ['Broken'], Output: '{% $states.errorOutput.Cause %}', Next: 'End' }] },
      {},
      { Ask: { error: 'Broken', cause: 'why' }, Hang: { hangs: true } },
    )
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: 'why' })
    expect(path.at(-1)).toBe('End')
    expect(seconds).toBe(0)
    expect(typesOf(events)).toEqual(
      expect.arrayContaining(['WaitStateAborted', 'TaskStateAborted', 'ParallelStateFailed']),
    )
  })

  it('fails when its results together exceed 256 KiB', async () => {
    const branch = graph({ Big: { Type: 'Pass', Output: 'x'.repeat(200_000), End: true } })
    const other = graph({ Big2: { Type: 'Pass', Output: 'x'.repeat(200_000), End: true } })
    const { outcome } = await parallel({ Branches: [branch, other] }, {})
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' })
  })
})
