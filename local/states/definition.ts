import type { Json, JsonObject } from './json.ts'

/** A value that is written in a definition: JSON, in which a text `{% … %}` is a JSONata expression. */
export type Template = Json

export interface Retrier {
  readonly ErrorEquals: readonly string[]
  readonly IntervalSeconds?: number
  readonly MaxAttempts?: number
  readonly BackoffRate?: number
  readonly MaxDelaySeconds?: number
  readonly JitterStrategy?: 'FULL' | 'NONE'
}

export interface Catcher {
  readonly ErrorEquals: readonly string[]
  readonly Next: string
  readonly Output?: Template
  readonly Assign?: JsonObject
}

export interface ChoiceRule {
  readonly Condition: Template
  readonly Next: string
  readonly Output?: Template
  readonly Assign?: JsonObject
}

interface Transition {
  readonly Next?: string
  readonly End?: boolean
  readonly Output?: Template
  readonly Assign?: JsonObject
}

interface Recovery {
  readonly Retry?: readonly Retrier[]
  readonly Catch?: readonly Catcher[]
}

export interface PassState extends Transition {
  readonly Type: 'Pass'
}

export interface TaskState extends Transition, Recovery {
  readonly Type: 'Task'
  readonly Resource: string
  readonly Arguments?: Template
  readonly TimeoutSeconds?: Template
  readonly HeartbeatSeconds?: Template
}

export interface ChoiceState {
  readonly Type: 'Choice'
  readonly Choices: readonly ChoiceRule[]
  readonly Default?: string
  readonly Output?: Template
  readonly Assign?: JsonObject
}

export interface WaitState extends Transition {
  readonly Type: 'Wait'
  readonly Seconds?: Template
  readonly Timestamp?: Template
}

export interface SucceedState {
  readonly Type: 'Succeed'
  readonly Output?: Template
}

export interface FailState {
  readonly Type: 'Fail'
  readonly Error?: Template
  readonly Cause?: Template
}

export interface MapState extends Transition, Recovery {
  readonly Type: 'Map'
  readonly Items?: Template
  readonly ItemSelector?: Template
  readonly ItemProcessor: StateGraph
  readonly MaxConcurrency?: Template
  readonly ToleratedFailureCount?: Template
  readonly ToleratedFailurePercentage?: Template
}

export interface ParallelState extends Transition, Recovery {
  readonly Type: 'Parallel'
  readonly Arguments?: Template
  readonly Branches: readonly StateGraph[]
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | MapState
  | ParallelState

/** States with a start: a machine, a branch of a Parallel, the processor of a Map. */
export interface StateGraph {
  readonly StartAt: string
  readonly States: Readonly<Record<string, State>>
}

/** A machine in Amazon States Language, query language JSONata. `validate` tells whether a JSON value is one. */
export interface StateMachine extends StateGraph {
  readonly Comment?: string
  readonly QueryLanguage?: 'JSONata'
  readonly TimeoutSeconds?: number
}
