import { describe, expect, it } from '@jest/globals'
import type { State } from '../definition.ts'
import type { Json, JsonObject } from '../json.ts'
import { detailsOf, machine, task, typesOf } from '../testing.ts'
import { walk } from '../walk.ts'

const large = 'x'.repeat(262_144)
const evaluationError = (state: string, id: number) =>
  `An error occurred while executing the state '${state}' (entered at the event id #${id}).`

describe('Pass', () => {
  it('hands its input on', async () => {
    const { outcome } = await walk(machine({ A: { Type: 'Pass', End: true } }), { a: [1, null, 'x'] })
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: { a: [1, null, 'x'] } })
  })

  it('fills in expressions and leaves other text alone', async () => {
    const Output = { sum: '{% $states.input.a + 1 %}', deep: [{ text: 'no {% expression %}' }], flag: true }
    const { outcome } = await walk(machine({ A: { Type: 'Pass', Output, End: true } }), { a: 1 })
    expect(outcome).toEqual({
      status: 'SUCCEEDED',
      output: { sum: 2, deep: [{ text: 'no {% expression %}' }], flag: true },
    })
  })

  it('fails in AWS’s words when an expression has no value', async () => {
    const { outcome, events } = await walk(
      machine({ A: { Type: 'Pass', Output: { b: '{% $states.input.missing %}' }, End: true } }),
      {},
    )
    const problem =
      "The JSONata expression '$states.input.missing' specified for the field 'Output/b' returned nothing (undefined)."
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: `${evaluationError('A', 2)} ${problem}`,
    })
    expect(typesOf(events)).toEqual(['ExecutionStarted', 'PassStateEntered', 'EvaluationFailed', 'ExecutionFailed'])
    expect(detailsOf(events, 'EvaluationFailed')).toMatchObject({ state: 'A', location: 'Output/b' })
  })

  it('takes an output of 256 KiB in UTF-8, and refuses one that is a byte longer', async () => {
    const ofBytes = (bytes: number) => 'é'.repeat(bytes / 2 - 2) + 'x'.repeat(2 + (bytes % 2))
    const outcomeOf = async (Output: string) =>
      (await walk(machine({ A: { Type: 'Pass', Output, End: true } }), {})).outcome
    const [most, more] = [ofBytes(262_144), ofBytes(262_145)]
    expect([most, more].map((output) => Buffer.byteLength(JSON.stringify(output)))).toEqual([262_144, 262_145])
    expect(await outcomeOf(most)).toEqual({ status: 'SUCCEEDED', output: most })
    expect(await outcomeOf(more)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' })
  })
})

describe('variables', () => {
  // Step Functions Developer Guide, "Passing data between states with variables": limits.
  it('have at most 256 KiB in one Assign, and 10 MiB in all', async () => {
    const state = (Assign: JsonObject, Next?: string): State => ({
      Type: 'Pass',
      Assign,
      ...(Next === undefined ? { End: true } : { Next }),
    })
    const one = await walk(machine({ A: state({ a: large }) }), {})
    expect(one.outcome).toMatchObject({ error: 'States.DataLimitExceeded' })
    const names = Array.from({ length: 42 }, (_, index) => `v${index}`)
    const chain = names.map((name, index) => [name, state({ [name]: 'x'.repeat(250_000) }, names[index + 1])] as const)
    const { outcome, path } = await walk(machine(Object.fromEntries(chain)), {})
    expect(outcome).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause: expect.stringContaining('The total size of variables exceeds the maximum of 10485760 bytes.'),
    })
    expect(path).toHaveLength(42)
    const same = names.map((name, index) => [name, state({ v: 'x'.repeat(250_000) }, names[index + 1])] as const)
    expect((await walk(machine(Object.fromEntries(same)), {})).outcome.status).toBe('SUCCEEDED')
  })

  it('are evaluated against the old values and seen by later states', async () => {
    const { outcome } = await walk(
      machine({
        Set: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'Swap' },
        Swap: { Type: 'Pass', Assign: { a: '{% $b %}', b: '{% $a %}' }, Output: '{% [$a, $b] %}', Next: 'Look' },
        Look: { Type: 'Pass', Output: { before: '{% $states.input %}', after: '{% [$a, $b] %}' }, End: true },
      }),
      {},
    )
    expect(outcome).toMatchObject({ output: { before: [1, 2], after: [2, 1] } })
  })

  it('are written into the exit event', async () => {
    const { events } = await walk(machine({ A: { Type: 'Pass', Assign: { a: { b: 1 } }, End: true } }), {})
    expect(detailsOf(events, 'PassStateExited')).toEqual({
      name: 'A',
      output: '{}',
      outputDetails: { truncated: false },
      assignedVariables: { a: '{"b":1}' },
      assignedVariablesDetails: { truncated: false },
    })
  })

  it('of a branch are not seen outside it', async () => {
    const branch = {
      StartAt: 'In',
      States: { In: { Type: 'Pass', Assign: { inner: '{% $outer + 1 %}' }, End: true } },
    } as const
    const { outcome } = await walk(
      machine({
        Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'Fork' },
        Fork: { Type: 'Parallel', Branches: [branch], Next: 'Look' },
        Look: { Type: 'Pass', Output: '{% $exists($inner) %}', End: true },
      }),
      {},
    )
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: false })
  })
})

describe('Choice', () => {
  const choose = machine({
    C: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input > 10 %}', Output: 'big', Next: 'End' },
        { Condition: '{% $states.input > 5 %}', Assign: { size: 'middle' }, Next: 'Say' },
      ],
      Default: 'End',
      Output: 'small',
    },
    Say: { Type: 'Pass', Output: '{% $size %}', Next: 'End' },
    End: { Type: 'Succeed' },
  })

  it.each([
    [11, 'big', ['C', 'End']],
    [6, 'middle', ['C', 'Say', 'End']],
    [1, 'small', ['C', 'End']],
  ])('takes the first rule that is true for %d, with its own Output and Assign', async (input, output, path) => {
    const walked = await walk(choose, input)
    expect(walked.outcome).toEqual({ status: 'SUCCEEDED', output })
    expect(walked.path).toEqual(path)
  })

  it('fails when no rule matches and there is no Default', async () => {
    const { outcome } = await walk(
      machine({
        C: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'End' }] },
        End: { Type: 'Succeed' },
      }),
      {},
    )
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' })
  })

  it('fails when a condition is no boolean', async () => {
    const { outcome } = await walk(
      machine({
        C: { Type: 'Choice', Choices: [{ Condition: "{% 'yes' %}", Next: 'End' }] },
        End: { Type: 'Succeed' },
      }),
      {},
    )
    expect(outcome).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining("Expected 'boolean', but was 'string' for value: \"yes\""),
    })
  })
})

describe('Wait', () => {
  const wait = (fields: object, input: Json = {}) => walk(machine({ W: { Type: 'Wait', End: true, ...fields } }), input)

  it('waits for seconds, written or evaluated', async () => {
    expect((await wait({ Seconds: 90 })).seconds).toBe(90)
    expect((await wait({ Seconds: '{% $states.input.s * 2 %}' }, { s: 30 })).seconds).toBe(60)
  })

  it('waits until a time with any offset, not at all for one that has passed', async () => {
    expect((await wait({ Timestamp: '2026-01-01T01:00:00Z' })).seconds).toBe(3600)
    expect((await wait({ Timestamp: '2026-01-01T03:00:00.5+02:00' })).seconds).toBe(3600.5)
    expect((await wait({ Timestamp: '2001-01-01T00:00:00Z' })).seconds).toBe(0)
  })

  it.each([
    [{ Seconds: '{% -1 %}' }, 'The Seconds field must be a non-negative integer but was: -1'],
    [{ Seconds: '{% 1.5 %}' }, 'The Seconds field must be a non-negative integer but was: 1.5'],
    [{ Timestamp: "{% '2026-01-01' %}" }, 'cannot be parsed as an ISO-8601 extended offset date-time'],
  ])('refuses %j', async (fields, cause) => {
    const { outcome } = await wait(fields)
    expect(outcome).toMatchObject({ error: 'States.QueryEvaluationError', cause: expect.stringContaining(cause) })
  })
})

describe('Succeed and Fail', () => {
  it('end the machine with an output or with error and cause', async () => {
    const succeed = await walk(machine({ S: { Type: 'Succeed', Output: '{% $states.input.a %}' } }), { a: 1 })
    expect(succeed.outcome).toEqual({ status: 'SUCCEEDED', output: 1 })
    const fail = await walk(machine({ F: { Type: 'Fail', Error: 'Bad', Cause: '{% $states.input.why %}' } }), {
      why: 'x',
    })
    expect(fail.outcome).toEqual({ status: 'FAILED', error: 'Bad', cause: 'x' })
    expect(typesOf(fail.events)).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed'])
  })

  it('may fail without a word', async () => {
    expect((await walk(machine({ F: { Type: 'Fail' } }), {})).outcome).toEqual({ status: 'FAILED' })
  })
})

describe('Task', () => {
  it('sends Arguments, or its input, and gives its result', async () => {
    const { outcome, calls } = await walk(
      machine({
        A: { ...task, End: false, Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' }, Next: 'B' },
        B: { ...task, Output: '{% $states.result.Payload %}' },
      }),
      { a: 1 },
      { A: { payload: 'first' }, B: { payload: 'second' } },
    )
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: 'second' })
    expect(calls).toEqual({
      A: [{ FunctionName: 'f', Payload: { a: 1 } }],
      B: [{ ExecutedVersion: '$LATEST', Payload: 'first', StatusCode: 200 }],
    })
  })

  it('writes AWS’s events of a service integration, each with the one before it', async () => {
    const { events } = await walk(machine({ A: { ...task, TimeoutSeconds: 5 } }), {}, { A: { result: 1 } })
    expect(typesOf(events)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ])
    expect(events.map(({ id, previousEventId }) => [id, previousEventId])).toEqual(events.map((_, at) => [at + 1, at]))
    expect(detailsOf(events, 'TaskScheduled')).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      parameters: '{}',
      timeoutInSeconds: 5,
    })
  })

  it('writes the events of a function that is the resource itself', async () => {
    const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:f'
    const { events } = await walk(machine({ A: { ...task, Resource } }), { a: 1 }, { A: { result: 1 } })
    expect(typesOf(events).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ])
    expect(detailsOf(events, 'LambdaFunctionScheduled')).toMatchObject({ resource: Resource, input: '{"a":1}' })
  })

  it('ends with States.Timeout when its time is up', async () => {
    const { outcome, seconds, events } = await walk(
      machine({ A: { ...task, TimeoutSeconds: '{% $states.input.limit %}' } }),
      { limit: 30 },
      { A: { hangs: true } },
    )
    expect(outcome).toEqual({ status: 'FAILED', error: 'States.Timeout' })
    expect(seconds).toBe(30)
    expect(typesOf(events)).toContain('TaskTimedOut')
  })

  it('refuses a result above 256 KiB, which a Catch can see', async () => {
    const { outcome } = await walk(
      machine({
        A: { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Told' }] },
        Told: { Type: 'Pass', End: true },
      }),
      {},
      { A: { result: large } },
    )
    expect(outcome).toEqual({
      status: 'SUCCEEDED',
      output: {
        Error: 'States.DataLimitExceeded',
        Cause:
          "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
      },
    })
  })

  it('knows its execution, its state and how often it was tried', async () => {
    const Arguments = '{% $states.context.{"id": Execution.Name, "state": State.Name, "retries": State.RetryCount} %}'
    const { calls } = await walk(
      machine({ A: { ...task, Arguments, Retry: [{ ErrorEquals: ['Odd'] }] } }),
      {},
      { A: [{ error: 'Odd' }, { result: 1 }] },
    )
    expect(calls['A']).toEqual([
      { id: 'walk', state: 'A', retries: 0 },
      { id: 'walk', state: 'A', retries: 1 },
    ])
  })
})
