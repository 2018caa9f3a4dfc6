import type { Json, JsonObject } from './json.ts'

/** A value that is written in a definition: JSON with `{% … %}` texts in JSONata, with `.$` fields in JSONPath. */
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
  readonly ResultPath?: string | null
}

type Relation = 'Equals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals'
type Comparison = `${'String' | 'Numeric' | 'Timestamp'}${Relation}` | 'BooleanEquals'
type Test = 'IsPresent' | 'IsNull' | 'IsString' | 'IsNumeric' | 'IsBoolean' | 'IsTimestamp'
type Operators = { readonly [name in Comparison]?: Json } & { readonly [name in `${Comparison}Path`]?: string } & {
  readonly [name in Test]?: boolean
} & { readonly StringMatches?: string }

/** In JSONata a Condition; in JSONPath And, Or, Not, or a Variable beside one operator: `NumericEquals: 3`. */
export interface ChoiceRule extends Operators {
  readonly Condition?: Template
  readonly And?: readonly ChoiceRule[]
  readonly Or?: readonly ChoiceRule[]
  readonly Not?: ChoiceRule
  readonly Variable?: string
  readonly Next?: string
  readonly Output?: Template
  readonly Assign?: JsonObject
}

export type QueryLanguage = 'JSONata' | 'JSONPath'

interface AnyState {
  /** Without it the machine's. */
  readonly QueryLanguage?: QueryLanguage
  readonly InputPath?: string | null
  readonly OutputPath?: string | null
  readonly Output?: Template
}

interface Transition extends AnyState {
  readonly Next?: string
  readonly End?: boolean
  readonly Assign?: JsonObject
  readonly ResultPath?: string | null
  readonly ResultSelector?: Template
}

interface Recovery {
  readonly Retry?: readonly Retrier[]
  readonly Catch?: readonly Catcher[]
}

export interface PassState extends Transition {
  readonly Type: 'Pass'
  readonly Parameters?: Template
  readonly Result?: Json
}

export interface TaskState extends Transition, Recovery {
  readonly Type: 'Task'
  readonly Resource: string
  readonly Arguments?: Template
  readonly Parameters?: Template
  readonly TimeoutSeconds?: Template
  readonly TimeoutSecondsPath?: string
  readonly HeartbeatSeconds?: Template
  readonly HeartbeatSecondsPath?: string
}

export interface ChoiceState extends AnyState {
  readonly Type: 'Choice'
  readonly Choices: readonly ChoiceRule[]
  readonly Default?: string
  readonly Assign?: JsonObject
}

export interface WaitState extends Transition {
  readonly Type: 'Wait'
  readonly Seconds?: Template
  readonly SecondsPath?: string
  readonly Timestamp?: Template
  readonly TimestampPath?: string
}

export interface SucceedState extends AnyState {
  readonly Type: 'Succeed'
}

export interface FailState {
  readonly Type: 'Fail'
  readonly QueryLanguage?: QueryLanguage
  readonly Error?: Template
  readonly ErrorPath?: string
  readonly Cause?: Template
  readonly CausePath?: string
}

export interface MapState extends Transition, Recovery {
  readonly Type: 'Map'
  readonly Items?: Template
  readonly ItemsPath?: string
  readonly ItemSelector?: Template
  /** What ItemSelector was called before. */
  readonly Parameters?: Template
  readonly ItemProcessor?: StateGraph
  /** What ItemProcessor was called before. */
  readonly Iterator?: StateGraph
  readonly MaxConcurrency?: Template
  readonly MaxConcurrencyPath?: string
  readonly ToleratedFailureCount?: Template
  readonly ToleratedFailureCountPath?: string
  readonly ToleratedFailurePercentage?: Template
  readonly ToleratedFailurePercentagePath?: string
}

export interface ParallelState extends Transition, Recovery {
  readonly Type: 'Parallel'
  readonly Arguments?: Template
  readonly Parameters?: Template
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

/** A machine in Amazon States Language; its query language is JSONPath unless it says otherwise. `validate` tells whether a JSON value is one. */
export interface StateMachine extends StateGraph {
  readonly Comment?: string
  readonly QueryLanguage?: QueryLanguage
  readonly TimeoutSeconds?: number
}
