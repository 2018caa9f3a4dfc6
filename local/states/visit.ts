import { Buffer } from 'node:buffer'
import type { State, Template } from './definition.ts'
import { StateError } from './errors.ts'
import type { Scope } from './frame.ts'
import { kinds } from './json.ts'
import type { Json, JsonObject } from './json.ts'
import { fill, fillAs, fillMembers, TemplateError } from './jsonata/template.ts'

const longestPayloadBytes = 262_144

/** One stay in a state, over all its attempts: what its expressions see and where its errors come from. */
export class Visit {
  readonly scope: Scope
  readonly name: string
  readonly type: State['Type']
  readonly input: Json
  /** Of the `…StateEntered` event. */
  readonly enteredId: number
  readonly enteredAt: number
  retryCount = 0
  token: string | undefined
  constructor(scope: Scope, name: string, type: State['Type'], input: Json, enteredId: number) {
    this.scope = scope
    this.name = name
    this.type = type
    this.input = input
    this.enteredId = enteredId
    this.enteredAt = scope.flow.clock.now()
  }

  event(type: string, details?: Readonly<Record<string, unknown>>): number {
    return this.scope.flow.history.add(this.scope.thread, type, details)
  }

  #context(map: JsonObject | undefined): JsonObject {
    const retries = ['Task', 'Map', 'Parallel'].includes(this.type) ? { RetryCount: this.retryCount } : {}
    return {
      ...this.scope.flow.context,
      State: { Name: this.name, EnteredTime: new Date(this.enteredAt).toISOString(), ...retries },
      ...(map && { Map: map }),
      ...(this.token !== undefined && { Task: { Token: this.token } }),
    }
  }

  #variables({ map = this.scope.map, ...seen }: Seen) {
    const all: Record<string, unknown> = {}
    // eslint-disable-next-line guard-for-in -- outer variables are inherited
    for (const name in this.scope.variables) all[name] = this.scope.variables[name]
    return { ...all, states: { input: this.input, context: this.#context(map), ...seen } }
  }

  /** An error with AWS's opening words about where it happened. */
  failure(error: string, message: string): StateError {
    const where = `An error occurred while executing the state '${this.name}' (entered at the event id #${this.enteredId}).`
    return new StateError(error, `${where} ${message}`)
  }

  /** Writes EvaluationFailed and gives the States.QueryEvaluationError to throw. */
  evaluationFailure(message: string, field: string): StateError {
    const failure = this.failure('States.QueryEvaluationError', message)
    this.event('EvaluationFailed', { state: this.name, error: failure.error, cause: failure.cause, location: field })
    return failure
  }

  async #reported<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw error instanceof TemplateError ? this.evaluationFailure(error.message, error.field) : error
    }
  }

  fill(template: Template, field: string, seen: Seen = {}): Promise<Json> {
    return this.#reported(fill(template, field, this.#variables(seen)))
  }

  members(template: JsonObject, field: string, seen: Seen = {}): Promise<JsonObject> {
    return this.#reported(fillMembers(template, field, this.#variables(seen)))
  }

  number(template: Template, field: string): Promise<number> {
    return this.#reported(fillAs(kinds.number, template, field, this.#variables({})))
  }

  string(template: Template, field: string): Promise<string> {
    return this.#reported(fillAs(kinds.string, template, field, this.#variables({})))
  }

  boolean(template: Template, field: string): Promise<boolean> {
    return this.#reported(fillAs(kinds.boolean, template, field, this.#variables({})))
  }

  array(template: Template, field: string): Promise<readonly Json[]> {
    return this.#reported(fillAs(kinds.array, template, field, this.#variables({})))
  }

  /** Throws States.DataLimitExceeded for a value above 256 KiB; `of` is what AWS names in the cause. */
  limited(value: Json, of = this.name): Json {
    if (Buffer.byteLength(JSON.stringify(value)) <= longestPayloadBytes) return value
    throw new StateError(
      'States.DataLimitExceeded',
      `The state/task '${of}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    )
  }
}

/** What an expression sees beside input, context and variables. */
export interface Seen {
  readonly result?: Json
  readonly errorOutput?: Json
  readonly map?: JsonObject | undefined
}
