import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { statesPlatform } from './testing.ts'
import type { StatesPlatform } from './testing.ts'

const waiting = { Wait: { Type: 'Wait', Seconds: 60, End: true } }
const passing = { A: { Type: 'Pass', Output: { sum: '{% $states.input.a + 1 %}' }, End: true } }
const executionArnOf = (machine: string, name: string) => `${machine.replace(':stateMachine:', ':execution:')}:${name}`
let platform: StatesPlatform

beforeAll(async () => {
  platform = await statesPlatform()
})
afterAll(() => platform.end())

describe('StartExecution', () => {
  it('runs the machine to its output', async () => {
    const machine = await platform.create(passing)
    const executionArn = await platform.start(machine, { a: 1 }, 'first')
    expect(executionArn).toBe(executionArnOf(machine, 'first'))
    const { stopDate, startDate, ...ended } = await platform.ended(executionArn)
    expect(ended).toMatchObject({
      executionArn,
      stateMachineArn: machine,
      name: 'first',
      status: 'SUCCEEDED',
      input: '{"a":1}',
      output: '{"sum":2}',
      inputDetails: { included: true },
      outputDetails: { included: true },
    })
    expect(Number(stopDate) - Number(startDate)).toBeGreaterThanOrEqual(0)
  })

  it('gives the same answer to the same name and input while the execution runs', async () => {
    const stateMachineArn = await platform.create(waiting)
    const start = (input: string) =>
      platform.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'once', input }))
    const first = await start('{"a":1}')
    expect(await start('{"a":1}')).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate })
    await expect(start('{"a":2}')).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${first.executionArn}'`,
    })
    await platform.sfn.send(new StopExecutionCommand({ executionArn: first.executionArn }))
    await expect(start('{"a":1}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' })
  })

  it('makes up a name, and takes no input for an empty object', async () => {
    const stateMachineArn = await platform.create({ A: { Type: 'Succeed' } })
    const { executionArn = '' } = await platform.sfn.send(new StartExecutionCommand({ stateMachineArn }))
    expect(await platform.ended(executionArn)).toMatchObject({
      input: '{}',
      output: '{}',
      name: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it.each([
    [{ name: 'a/b' }, 'InvalidName', "Invalid Name: 'a/b'"],
    [{ name: 'a'.repeat(81) }, 'ValidationException', "'name'"],
    [{ input: '{' }, 'InvalidExecutionInput', 'Invalid State Machine Execution Input:'],
    [{ input: JSON.stringify('é'.repeat(131_071) + 'x') }, 'ValidationException', 'at most 262144 bytes'],
    [{ stateMachineArn: 'machine' }, 'InvalidArn', 'Invalid Arn:'],
    [
      { stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:none' },
      'StateMachineDoesNotExist',
      "State Machine Does Not Exist: 'arn:aws:states:us-east-1:000000000000:stateMachine:none'",
    ],
  ])('refuses %p', async (more, name, message) => {
    const stateMachineArn = await platform.create(passing)
    const refused = platform.sfn.send(new StartExecutionCommand({ stateMachineArn, ...more }))
    await expect(refused).rejects.toMatchObject({ name, message: expect.stringContaining(message) })
  })

  it('takes a name with 80 characters', async () => {
    const name = 'n'.repeat(80)
    expect(await platform.start(await platform.create(passing), { a: 1 }, name)).toMatch(name)
  })
})

describe('StopExecution', () => {
  it('aborts with error and cause, and leaves an ended execution as it is', async () => {
    const executionArn = await platform.start(await platform.create(waiting))
    const stop = { executionArn, error: 'Enough', cause: 'by hand' }
    const { stopDate } = await platform.sfn.send(new StopExecutionCommand(stop))
    const stopped = { status: 'ABORTED', error: 'Enough', cause: 'by hand', stopDate }
    expect(await platform.describe(executionArn)).toMatchObject(stopped)
    await platform.sfn.send(new StopExecutionCommand({ executionArn, error: 'Again' }))
    expect(await platform.describe(executionArn)).toMatchObject(stopped)
    const { events = [] } = await platform.sfn.send(new GetExecutionHistoryCommand({ executionArn }))
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateAborted',
      'ExecutionAborted',
    ])
  })
})

describe('DescribeExecution', () => {
  it('does not know an execution that was never started', async () => {
    const executionArn = executionArnOf(await platform.create(passing), 'never')
    await expect(platform.describe(executionArn)).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${executionArn}'`,
    })
    await expect(platform.describe('execution')).rejects.toMatchObject({ name: 'InvalidArn' })
  })

  it('leaves the data out when only metadata is asked for', async () => {
    const { executionArn } = await platform.run(passing, { a: 1 })
    const described = await platform.sfn.send(
      new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }),
    )
    expect(described.status).toBe('SUCCEEDED')
    expect(described.output).toBeUndefined()
    expect(described.input).toBeUndefined()
  })
})

describe('ListExecutions', () => {
  it('shows the newest first, by status, page by page', async () => {
    const stateMachineArn = await platform.create({
      C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.fail %}', Next: 'F' }], Default: 'S' },
      S: { Type: 'Succeed' },
      F: { Type: 'Fail' },
    })
    for (const [at, fail] of [false, true, false].entries()) {
      await platform.ended(await platform.start(stateMachineArn, { fail }, `e${at}`))
    }
    const namesOf = async (more: object = {}) => {
      const { executions = [] } = await platform.sfn.send(new ListExecutionsCommand({ stateMachineArn, ...more }))
      return executions.map(({ name }) => name)
    }
    expect(await namesOf()).toEqual(['e2', 'e1', 'e0'])
    expect(await namesOf({ statusFilter: 'SUCCEEDED' })).toEqual(['e2', 'e0'])
    expect(await namesOf({ statusFilter: 'RUNNING' })).toEqual([])
    const paged: (string | undefined)[][] = []
    const pages = paginateListExecutions({ client: platform.sfn, pageSize: 2 }, { stateMachineArn })
    for await (const { executions = [] } of pages) paged.push(executions.map(({ name }) => name))
    expect(paged).toEqual([['e2', 'e1'], ['e0']])
  })
})

describe('GetExecutionHistory', () => {
  const history = async (more: object) => {
    const { executionArn } = await platform.run(passing, { a: 1 })
    const { events = [] } = await platform.sfn.send(new GetExecutionHistoryCommand({ executionArn, ...more }))
    return events
  }

  it('tells the events in order, with times, and backwards', async () => {
    const events = await history({})
    expect(events).toMatchObject([
      { id: 1, previousEventId: 0, type: 'ExecutionStarted', executionStartedEventDetails: { input: '{"a":1}' } },
      { id: 2, previousEventId: 1, type: 'PassStateEntered', stateEnteredEventDetails: { name: 'A' } },
      { id: 3, previousEventId: 2, type: 'PassStateExited', stateExitedEventDetails: { output: '{"sum":2}' } },
      {
        id: 4,
        previousEventId: 3,
        type: 'ExecutionSucceeded',
        executionSucceededEventDetails: { output: '{"sum":2}' },
      },
    ])
    expect(events[0]?.timestamp).toBeInstanceOf(Date)
    expect((await history({ reverseOrder: true })).map(({ id }) => id)).toEqual([4, 3, 2, 1])
  })

  it('leaves the data out when it is asked to', async () => {
    const [started, entered] = await history({ includeExecutionData: false })
    expect(started?.executionStartedEventDetails?.input).toBeUndefined()
    expect(entered?.stateEnteredEventDetails).toMatchObject({ name: 'A' })
  })

  it('comes page by page', async () => {
    const { executionArn } = await platform.run(passing, { a: 1 })
    const paged: (number | undefined)[][] = []
    const pages = paginateGetExecutionHistory({ client: platform.sfn, pageSize: 3 }, { executionArn })
    for await (const { events = [] } of pages) paged.push(events.map(({ id }) => id))
    expect(paged).toEqual([[1, 2, 3], [4]])
  })
})

it('the bus hears when an execution starts and how it ends', async () => {
  const { executionArn } = await platform.run({ F: { Type: 'Fail', Error: 'Bad', Cause: 'why' } }, { a: 1 })
  const heard = platform.events.filter(({ detail }) => detail['executionArn'] === executionArn)
  expect(heard).toMatchObject([
    {
      source: 'aws.states',
      detailType: 'Step Functions Execution Status Change',
      resources: [executionArn],
      detail: { status: 'RUNNING', input: '{"a":1}', output: null, stopDate: null, error: null },
    },
    { detail: { status: 'FAILED', error: 'Bad', cause: 'why', stopDate: expect.any(Number) } },
  ])
})

it('a restarted platform keeps ended executions and aborts the one that ran', async () => {
  const before = await statesPlatform()
  const done = await before.run(passing, { a: 1 })
  const running = await before.start(await before.create(waiting))
  await before.close()

  const after = await statesPlatform([], before.stateDir)
  expect(await after.describe(done.executionArn ?? '')).toMatchObject({ status: 'SUCCEEDED', output: '{"sum":2}' })
  expect(await after.describe(running)).toMatchObject({
    status: 'ABORTED',
    error: 'PlatformRestarted',
    cause: expect.stringContaining('The local platform ended while this execution ran.'),
  })
  const { events = [] } = await after.sfn.send(new GetExecutionHistoryCommand({ executionArn: running }))
  expect(events.map(({ id, type }) => [id, type])).toEqual([
    [1, 'ExecutionStarted'],
    [2, 'WaitStateEntered'],
    [3, 'ExecutionAborted'],
  ])
  expect(after.events).toMatchObject([{ detail: { executionArn: running, status: 'ABORTED' } }])
  await after.end()
})
