import { describe, expect, it } from '@jest/globals'
import { jumpingClock } from './clock.ts'
import type { StateMachine } from './definition.ts'
import { Interruption, StateError } from './errors.ts'
import type { TaskCall, Tasks } from './frame.ts'
import type { HistoryEvent } from './history.ts'
import { run } from './run.ts'
import type { RunOptions } from './run.ts'
import { machine, task, typesOf } from './testing.ts'

const start = (definition: StateMachine, tasks: Tasks, more: Partial<RunOptions> = {}) => {
  const events: HistoryEvent[] = []
  const outcome = run({
    definition,
    input: {},
    context: { Execution: { RoleArn: 'arn:role' }, StateMachine: {} },
    clock: jumpingClock(),
    onEvent: (event) => events.push(event),
    tasks,
    ...more,
  })
  return { outcome, events }
}

const noTask: Tasks = () => Promise.reject(new Error('there is no task'))
const hanging =
  (aborted: (reason: unknown) => void = () => {}): Tasks =>
  (_resource, _given, { signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        aborted(signal.reason)
        reject(signal.reason)
      })
    })

describe('an execution', () => {
  it('tells its input and role first', async () => {
    const { outcome, events } = start(machine({ A: { Type: 'Succeed' } }), noTask)
    await outcome
    expect(events[0]).toEqual({
      id: 1,
      previousEventId: 0,
      type: 'ExecutionStarted',
      timestamp: Date.UTC(2026, 0, 1),
      executionStartedEventDetails: { input: '{}', inputDetails: { truncated: false }, roleArn: 'arn:role' },
    })
  })

  it('ends as TIMED_OUT when the machine’s time is up, and tells its tasks', async () => {
    const reasons: unknown[] = []
    const { outcome, events } = start(
      machine({ A: task }, { TimeoutSeconds: 60 }),
      hanging((reason) => reasons.push(reason)),
    )
    expect(await outcome).toEqual({ status: 'TIMED_OUT' })
    expect(reasons).toMatchObject([{ kind: 'execution-timed-out' }])
    expect(typesOf(events).slice(-2)).toEqual(['TaskStateAborted', 'ExecutionTimedOut'])
  })

  it('ends as ABORTED when it is stopped, with error and cause', async () => {
    const stop = new AbortController()
    const { outcome, events } = start(machine({ A: task }), hanging(), { signal: stop.signal })
    stop.abort(new Interruption('stopped', { error: 'Enough', cause: 'by hand' }))
    expect(await outcome).toEqual({ status: 'ABORTED', error: 'Enough', cause: 'by hand' })
    expect(typesOf(events).at(-1)).toBe('ExecutionAborted')
  })

  it('stopped inside a Map aborts the iterations, not succeeds with some of them', async () => {
    const stop = new AbortController()
    const tasks: Tasks = (_resource, given) => {
      if (given === 1) stop.abort(new Interruption('stopped'))
      return Promise.resolve(given)
    }
    const ItemProcessor = { StartAt: 'Work', States: { Work: task } }
    const { outcome, events } = start(
      machine({ M: { Type: 'Map', Items: [1, 2], MaxConcurrency: 1, ItemProcessor, End: true } }),
      tasks,
      { signal: stop.signal },
    )
    expect(await outcome).toEqual({ status: 'ABORTED' })
    expect(typesOf(events)).not.toContain('MapStateSucceeded')
  })

  it('rejects with the reason when it is ended from outside the machine', async () => {
    const end = new AbortController()
    const { outcome } = start(machine({ A: task }), hanging(), { signal: end.signal })
    end.abort(new Error('the process ends'))
    await expect(outcome).rejects.toThrow('the process ends')
  })

  it('rejects with an error of its tasks that is no StateError', async () => {
    const { outcome } = start(machine({ A: task }), noTask)
    await expect(outcome).rejects.toThrow('there is no task')
  })

  it('fails when its history reaches 25,000 events', async () => {
    const loop = machine({
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Condition: false, Next: 'End' }], Default: 'A' },
      End: { Type: 'Succeed' },
    })
    const { outcome, events } = start(loop, noTask)
    expect(await outcome).toMatchObject({ status: 'FAILED', error: 'States.Runtime' })
    expect(events).toHaveLength(25_000)
    expect(events.at(-1)?.type).toBe('ExecutionFailed')
  })
})

describe('a task with a token', () => {
  const waiting = machine({
    A: {
      ...task,
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: '{% $states.context.Task.Token %}',
    },
  })

  it('finds the token in its context and in its call', async () => {
    const seen: unknown[] = []
    const { outcome, events } = start(waiting, (_resource, given, { token, submitted }) => {
      seen.push(given === token)
      submitted({ sent: true })
      return Promise.resolve('settled')
    })
    expect(await outcome).toEqual({ status: 'SUCCEEDED', output: 'settled' })
    expect(seen).toEqual([true])
    expect(typesOf(events).slice(2, 6)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded'])
  })

  it('lives on while heartbeats come, and fails as a heartbeat timeout when they stop', async () => {
    const clock = jumpingClock()
    const beating: Tasks = async (resource, given, call: TaskCall) => {
      for (let beat = 0; beat < 3; beat++) {
        await clock.sleep(8000)
        call.heartbeat()
      }
      return hanging()(resource, given, call)
    }
    const definition = machine({
      A: {
        ...task,
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        HeartbeatSeconds: 10,
        TimeoutSeconds: 1000,
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Told' }],
      },
      Told: { Type: 'Succeed', Output: 'silent' },
    })
    const begin = clock.now()
    const { outcome } = start(definition, beating, { clock })
    expect(await outcome).toEqual({ status: 'SUCCEEDED', output: 'silent' })
    expect(clock.now() - begin).toBe(3 * 8000 + 10_000)
  })
})

it('an error says its name and its cause', () => {
  expect(new StateError('Odd', 'why').message).toBe('Odd: why')
  expect(new StateError(undefined).message).toBe('')
})
