import type { ChoiceRule, MapState, Template, WaitState } from './definition.ts'
import type { StateError } from './errors.ts'
import type { Json, JsonObject } from './json.ts'

/** What the fields of a state see. */
export interface Sight {
  readonly name: string
  /** The state's input, before InputPath. */
  readonly input: Json
  /** The context object: `$states.context`, `$$`. */
  context(map?: JsonObject): JsonObject
  /** Every variable in scope. */
  variables(): Record<string, Json>
  /** An error with AWS's opening words about where it happened. */
  failure(error: string, message: string): StateError
  /** The same as States.QueryEvaluationError, with EvaluationFailed in the history. */
  evaluationFailure(message: string, field: string): StateError
}

/** What a template sees beside input, context and variables. */
export interface Seen {
  readonly result?: Json
  readonly errorOutput?: Json
  readonly map?: JsonObject | undefined
}

/** Fields that say what a state works on. */
export interface Entry {
  readonly Arguments?: Template
  readonly Parameters?: Template
}

/** Fields that say what leaves a state: of the state itself, of a catcher, of a choice rule. */
export interface Exit {
  readonly Output?: Template
  readonly Assign?: JsonObject
  readonly ResultSelector?: Template
  readonly ResultPath?: string | null
  readonly OutputPath?: string | null
  readonly Next?: string
}

/** A field that may be given by a literal (in JSONata also an expression), or by its JSONPath twin `…Path`. */
export interface Value {
  readonly field: string
  readonly literal: Template | undefined
  readonly path: string | undefined
}

/** How the fields of one state become values: JSONata or JSONPath. Everything rejects with a StateError. */
export interface Language {
  /** Arguments; or Parameters of what InputPath selects. Without either: the input, or what InputPath selects of it. */
  given(entry: Entry): Promise<Json>
  fill(template: Template, field: string, seen?: Seen): Promise<Json>
  number(kind: 'integer' | 'float', value: Value): Promise<number | undefined>
  text(value: Value): Promise<string | undefined>
  /** The items of a Map without ItemReader. */
  items(state: MapState): Promise<readonly Json[]>
  holds(rule: ChoiceRule, index: number): Promise<boolean>
  /** How long a Wait lasts, at least 0. */
  delayMs(state: WaitState, now: number): Promise<number>
  /** Output and Assign of a result; or ResultSelector, Assign, ResultPath and OutputPath. */
  exit(exit: Exit, result: Json, seen: Seen): Promise<{ readonly assigned: JsonObject; readonly output: Json }>
  /** The error of a field whose value is of the right type and still not right. */
  refusal(message: string, field: string): StateError
}
