import { jumpingClock } from './clock.ts'
import type { StateMachine } from './definition.ts'
import { StateError } from './errors.ts'
import type { TaskCall } from './frame.ts'
import type { HistoryEvent } from './history.ts'
import type { Json } from './json.ts'
import { run } from './run.ts'
import type { Outcome } from './outcome.ts'

/** One answer of a mocked Task. */
export type Mock =
  /** The result, as the integration gives it: `{ TrainingJobName, TrainingJobStatus, … }`. */
  | { readonly result: Json }
  /** The result of `lambda:invoke` whose function returned this. */
  | { readonly payload: Json }
  /** The task fails; `cause` is JSON text where AWS's is. */
  | { readonly error: string; readonly cause?: string }
  /** The task never answers: TimeoutSeconds has to end it. */
  | { readonly hangs: true }
  | ((taskArguments: Json) => Mock)

/** Mocks by the name of the Task state: one for every attempt and visit, or a list that is used up one by one. */
export type Mocks = Readonly<Record<string, Mock | readonly Mock[]>>

/** What a machine did. */
export interface Walk {
  readonly outcome: Outcome
  /** Names of the states in the order in which they were entered, also those inside Map and Parallel. */
  readonly path: readonly string[]
  /** Arguments of every attempt of every Task, by state. */
  readonly calls: Readonly<Record<string, readonly Json[]>>
  readonly events: readonly HistoryEvent[]
  /** How long the machine believes it took, in seconds: Wait states, backoffs, timeouts. */
  readonly seconds: number
}

/** A Task ran that no mock answers for: the test is incomplete. */
export class MissingMock extends Error {
  override readonly name = 'MissingMock'
}

const isList = (mock: Mocks[string] | undefined): mock is readonly Mock[] => Array.isArray(mock)

const answer = (mock: Mock, given: Json, call: TaskCall): Promise<Json> | Json => {
  if (typeof mock === 'function') return answer(mock(given), given, call)
  if ('result' in mock) return mock.result
  if ('payload' in mock) return { ExecutedVersion: '$LATEST', Payload: mock.payload, StatusCode: 200 }
  if ('error' in mock) throw new StateError(mock.error, mock.cause)
  return new Promise((_, reject) => {
    const { signal } = call
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/**
 * Runs a machine with mocked tasks and a clock that does not let anyone wait, to test its paths:
 *
 *     const { path, outcome } = await walk(definition, input, {
 *       'Plan the chunks': { payload: { chunks: [] } },
 *       'Confirm the online rows': [{ payload: { state: 'pending' } }, { payload: { state: 'applied' } }],
 *       'Train the model': { error: 'States.TaskFailed', cause: '{"FailureReason":"…"}' },
 *     })
 *     expect(path).toEqual(['Plan the chunks', …])
 *
 * The definition is a parsed one with its substitutions made; `validate` it first. A mock answers at once or `hangs`.
 * `redriveCount` is what the context shows; the walk begins at the start even so.
 * Rejects with MissingMock for a Task without a mock, or with more attempts than its list has answers.
 */
export const walk = async (
  definition: StateMachine,
  input: Json,
  mocks: Mocks = {},
  { redriveCount = 0 }: { readonly redriveCount?: number } = {},
): Promise<Walk> => {
  const clock = jumpingClock()
  const events: HistoryEvent[] = []
  const calls: Record<string, Json[]> = {}
  const start = clock.now()
  const outcome = await run({
    definition,
    input,
    clock,
    context: {
      Execution: {
        Id: 'arn:aws:states:us-east-1:000000000000:execution:walk:walk',
        Input: input,
        Name: 'walk',
        RoleArn: 'arn:aws:iam::000000000000:role/walk',
        StartTime: new Date(start).toISOString(),
        RedriveCount: redriveCount,
      },
      StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:walk', Name: 'walk' },
    },
    random: () => 1,
    onEvent: (event) => events.push(event),
    tasks: async (_resource, given, call) => {
      const { state } = call
      const used = (calls[state] ??= []).push(given)
      const mock = mocks[state]
      const next = isList(mock) ? mock[used - 1] : mock
      if (next === undefined) throw new MissingMock(`There is no mock for attempt ${used} of '${state}'.`)
      return answer(next, given, call)
    },
  })
  const path = events.flatMap(({ stateEnteredEventDetails }) =>
    stateEnteredEventDetails ? [String(stateEnteredEventDetails['name'])] : [],
  )
  return { outcome, path, calls, events, seconds: (clock.now() - start) / 1000 }
}
