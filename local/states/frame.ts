import type { Clock } from './clock.ts'
import type { QueryLanguage } from './definition.ts'
import type { MapRuns } from './distributed/map-runs.ts'
import type { History, Thread } from './history.ts'
import type { Json, JsonObject } from './json.ts'

/** What a task may ask and tell while it runs. */
export interface TaskCall {
  /** The state's name. */
  readonly state: string
  /** Aborted with an `Interruption` when the result is no longer wanted. */
  readonly signal: AbortSignal
  /** What `Task.Token` of the context object is; only where the resource ends in `.waitForTaskToken` or `.sync`. */
  readonly token: string | undefined
  /** Starts the time of HeartbeatSeconds again. */
  readonly heartbeat: () => void
  /** A worker has taken the task of an activity: writes ActivityStarted, and the time of HeartbeatSeconds begins. */
  readonly taken: (workerName: string | undefined) => void
  /** The first request was answered and the wait begins: writes TaskSubmitted. */
  readonly submitted: (output: Json) => void
}

/**
 * Does a Task state's work and returns its result. A StateError fails the state, and Retry and Catch see it;
 * any other error is a fault of the caller's and ends the run.
 */
export type Tasks = (resource: string, taskArguments: Json, call: TaskCall) => Promise<Json>

/** What `$states.context` shows of the execution: Execution { Id, Input, Name, RoleArn, StartTime, RedriveCount }, StateMachine { Id, Name }. */
export interface ExecutionContext {
  readonly Execution: JsonObject
  readonly StateMachine: JsonObject
}

/** What all states of one execution share. */
export interface Flow {
  readonly history: History
  readonly clock: Clock
  readonly mapRuns: MapRuns
  readonly tasks: Tasks
  /** Why a resource cannot be used now, if it cannot. */
  readonly refuses: (resource: string) => string | undefined
  readonly context: ExecutionContext
  readonly random: () => number
  readonly region: string
  /** What all variables of the execution have together. */
  readonly variables: { bytes: number }
  /** Of states that have none of their own. */
  readonly queryLanguage: QueryLanguage
}

/** Where a graph of states runs: the machine itself, a branch, an iteration. */
export interface Scope {
  readonly flow: Flow
  readonly signal: AbortSignal
  readonly thread: Thread
  /** Outer variables are the prototype: read through it, written only here. */
  readonly variables: Record<string, Json>
  /** `{ Item: { Index, Value } }` inside a Map. */
  readonly map: JsonObject | undefined
}

/** A scope inside `outer`, for a branch or an iteration. */
export const innerScope = (outer: Scope, signal: AbortSignal, map: JsonObject | undefined = outer.map): Scope => {
  const variables: Record<string, Json> = Object.create(outer.variables)
  return { flow: outer.flow, signal, thread: { last: outer.thread.last }, variables, map }
}
