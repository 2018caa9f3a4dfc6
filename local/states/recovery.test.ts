import { describe, expect, it } from '@jest/globals'
import type { Catcher, Retrier } from './definition.ts'
import { StateError } from './errors.ts'
import { backoffSeconds, matches, Retries } from './recovery.ts'
import { machine, task } from './testing.ts'
import { walk } from './walk.ts'
import type { Mock } from './walk.ts'

const failing = (error: string, cause?: string): Mock => ({ error, ...(cause !== undefined && { cause }) })

const tried = (Retry: readonly Retrier[], answers: readonly Mock[], Catch: readonly Catcher[] = []) =>
  walk(machine({ A: { ...task, Retry, Catch }, Told: { Type: 'Pass', End: true } }), {}, { A: answers })

describe('what an error answers to', () => {
  it.each([
    ['Odd', 'Odd', true],
    ['Odd', 'Even', false],
    ['States.ALL', 'Odd', true],
    ['States.TaskFailed', 'Odd', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false],
    ['States.HeartbeatTimeout', 'States.Timeout', false],
  ])('%s for %s: %s', (name, error, expected) => {
    expect(matches({ ErrorEquals: [name] }, new StateError(error))).toBe(expected)
  })

  it('a missed heartbeat is a timeout and a heartbeat timeout', () => {
    const missed = new StateError('States.Timeout', undefined, { heartbeat: true })
    expect(matches({ ErrorEquals: ['States.HeartbeatTimeout'] }, missed)).toBe(true)
    expect(matches({ ErrorEquals: ['States.Timeout'] }, missed)).toBe(true)
  })
})

describe('waiting before a retry', () => {
  it('grows by BackoffRate from IntervalSeconds up to MaxDelaySeconds', () => {
    const delays = (retrier: Partial<Retrier>) =>
      [0, 1, 2, 3].map((attempt) => backoffSeconds({ ErrorEquals: ['Odd'], ...retrier }, attempt))
    expect(delays({})).toEqual([1, 2, 4, 8])
    expect(delays({ IntervalSeconds: 3, BackoffRate: 1 })).toEqual([3, 3, 3, 3])
    expect(delays({ IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10 })).toEqual([2, 6, 10, 10])
  })

  it('is anything up to that with full jitter', () => {
    const retry = [{ ErrorEquals: ['Odd'], IntervalSeconds: 8, JitterStrategy: 'FULL' as const }]
    const waits = [0, 0.25, 1].map((random) => new Retries(retry, () => random).next(new StateError('Odd')))
    expect(waits).toEqual([0, 2000, 8000])
  })
})

describe('Retry', () => {
  it('tries three more times by default, then gives up with the last error', async () => {
    const { outcome, calls, seconds } = await tried(
      [{ ErrorEquals: ['Odd'] }],
      [failing('Odd', '1'), failing('Odd', '2'), failing('Odd', '3'), failing('Odd', '4')],
    )
    expect(outcome).toEqual({ status: 'FAILED', error: 'Odd', cause: '4' })
    expect(calls['A']).toHaveLength(4)
    expect(seconds).toBe(1 + 2 + 4)
  })

  it('counts each retrier for itself', async () => {
    const { outcome, calls } = await tried(
      [
        { ErrorEquals: ['Odd'], MaxAttempts: 1 },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
      ],
      [failing('Odd'), failing('Even'), failing('Odd')],
    )
    expect(outcome).toMatchObject({ error: 'Odd' })
    expect(calls['A']).toHaveLength(3)
  })

  it('does not try again with MaxAttempts 0, whatever later retriers say', async () => {
    const { calls } = await tried(
      [{ ErrorEquals: ['Odd'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
      [failing('Odd')],
    )
    expect(calls['A']).toHaveLength(1)
  })

  it('gives a timeout another chance', async () => {
    const { outcome, seconds } = await walk(
      machine({ A: { ...task, TimeoutSeconds: 10, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] } }),
      {},
      { A: [{ hangs: true }, { result: 'late' }] },
    )
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: 'late' })
    expect(seconds).toBe(11)
  })
})

describe('Catch', () => {
  it('comes after Retry and replaces the output by the error', async () => {
    const { outcome, path } = await tried(
      [{ ErrorEquals: ['Odd'], MaxAttempts: 1 }],
      [failing('Odd'), failing('Odd', 'why')],
      [{ ErrorEquals: ['Odd'], Next: 'Told' }],
    )
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: { Error: 'Odd', Cause: 'why' } })
    expect(path).toEqual(['A', 'Told'])
  })

  it('takes the first catcher that fits, with its own Output and Assign', async () => {
    const { outcome } = await walk(
      machine({
        A: {
          ...task,
          Catch: [
            { ErrorEquals: ['Even'], Next: 'Lost' },
            {
              ErrorEquals: ['States.ALL'],
              Assign: { why: '{% $states.errorOutput.Cause %}' },
              Output: '{% $states.input %}',
              Next: 'Told',
            },
          ],
        },
        Lost: { Type: 'Fail' },
        Told: { Type: 'Pass', Output: { kept: '{% $states.input %}', why: '{% $why %}' }, End: true },
      }),
      { a: 1 },
      { A: { error: 'Odd', cause: 'because' } },
    )
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: { kept: { a: 1 }, why: 'because' } })
  })

  it('also catches what goes wrong in the state’s own expressions', async () => {
    const { outcome } = await walk(
      machine({
        A: {
          ...task,
          Arguments: '{% $missing %}',
          Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Told' }],
        },
        Told: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
      }),
      {},
    )
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: 'States.QueryEvaluationError' })
  })

  it('leaves an error alone that no catcher names', async () => {
    const { outcome } = await tried([], [failing('Odd')], [{ ErrorEquals: ['Even'], Next: 'Told' }])
    expect(outcome).toEqual({ status: 'FAILED', error: 'Odd' })
  })
})
