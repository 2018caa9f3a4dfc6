import type { Clock } from './clock.ts'
import type { StateMachine } from './definition.ts'
import type { MapRuns } from './distributed/map-runs.ts'
import { Interruption, StateError } from './errors.ts'
import type { ExecutionContext, Scope, Tasks } from './frame.ts'
import { History, payload } from './history.ts'
import type { HistoryEvent } from './history.ts'
import type { Json } from './json.ts'
import type { Outcome } from './outcome.ts'
import { placeOf } from './place-of.ts'
import { resumeGraph, runGraph } from './run-graph.ts'

export interface RunOptions {
  /** A machine that `validate` has no errors for. */
  readonly definition: StateMachine
  readonly input: Json
  readonly context: ExecutionContext
  readonly tasks: Tasks
  /** Why a resource cannot be used although it may be written, if it cannot: an activity that is gone. */
  readonly refuses?: (resource: string) => string | undefined
  readonly clock: Clock
  /** Aborted with `new Interruption('stopped')` it aborts the execution; with anything else `run` rejects with the reason. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: HistoryEvent) => void
  /** Between 0 and 1, for retries with jitter. Default Math.random. */
  readonly random?: () => number
  /** Starts the child executions of distributed Maps; without it such a Map fails. */
  readonly mapRuns?: MapRuns
  /** Goes on where an execution stood that did not succeed; its history so far. */
  readonly redrive?: readonly HistoryEvent[]
  /** Named in the history of service integrations. Default `us-east-1`. */
  readonly region?: string
}

const noMapRuns = () => {
  throw new StateError('States.Runtime', 'Distributed Map states cannot run here.')
}

const problem = ({ error, cause }: StateError | Interruption) => ({
  ...(error !== undefined && { error }),
  ...(cause !== undefined && { cause }),
})

/**
 * Runs a state machine from ExecutionStarted to its end, and writes AWS's history on the way.
 * Errors of the machine are outcomes; `run` rejects only with an error of `tasks` that is no StateError,
 * or with the signal's reason.
 */
export const run = async ({
  definition,
  input,
  context,
  tasks,
  clock,
  onEvent = () => {},
  ...options
}: RunOptions): Promise<Outcome> => {
  const { signal: outer = new AbortController().signal, random = Math.random, region = 'us-east-1' } = options
  const { refuses = () => undefined, mapRuns = { start: noMapRuns, redrive: noMapRuns }, redrive } = options
  const late = new AbortController()
  const done = new AbortController()
  const signal = AbortSignal.any([outer, late.signal])
  const history = new History(clock, onEvent, redrive?.length)
  const { QueryLanguage: queryLanguage = 'JSONPath' } = definition
  const flow = {
    history,
    clock,
    mapRuns,
    tasks,
    refuses,
    context,
    random,
    region,
    queryLanguage,
    variables: { bytes: 0 },
  }
  const scope: Scope = { flow, signal, thread: { last: redrive?.at(-1)?.id ?? 0 }, variables: {}, map: undefined }

  const end = (type: string, details?: Record<string, unknown>) => void history.add(scope.thread, type, details)
  if (definition.TimeoutSeconds !== undefined) {
    const expired = () => late.abort(new Interruption('execution-timed-out'))
    clock.sleep(definition.TimeoutSeconds * 1000, done.signal).then(expired, () => {})
  }
  const { RoleArn, RedriveCount: redriveCount } = context.Execution
  const place = redrive && placeOf(definition, redrive)
  if (redrive) end('ExecutionRedriven', { redriveCount })
  else end('ExecutionStarted', { ...payload('input', input), ...(RoleArn !== undefined && { roleArn: RoleArn }) })
  try {
    const output = await (place ? resumeGraph(definition, place, scope) : runGraph(definition, input, scope))
    end('ExecutionSucceeded', payload('output', output))
    return { status: 'SUCCEEDED', output }
  } catch (error) {
    if (error instanceof StateError) {
      end('ExecutionFailed', problem(error))
      return { status: 'FAILED', ...problem(error) }
    }
    if (!(error instanceof Interruption)) throw error
    const status = error.kind === 'execution-timed-out' ? 'TIMED_OUT' : 'ABORTED'
    end(status === 'TIMED_OUT' ? 'ExecutionTimedOut' : 'ExecutionAborted', problem(error))
    return { status, ...problem(error) }
  } finally {
    done.abort()
  }
}
