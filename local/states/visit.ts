import { Buffer } from 'node:buffer'
import type { State } from './definition.ts'
import { StateError } from './errors.ts'
import type { Scope } from './frame.ts'
import type { Json, JsonObject } from './json.ts'
import { Jsonata } from './jsonata/jsonata.ts'
import { JsonPath } from './jsonpath/json-path.ts'
import type { Language, Sight } from './language.ts'

const longestPayloadBytes = 262_144

/** One stay in a state, over all its attempts: what its fields see and where its errors come from. */
export class Visit implements Sight {
  readonly scope: Scope
  readonly name: string
  readonly type: State['Type']
  readonly input: Json
  readonly language: Language
  /** Of the `…StateEntered` event. */
  readonly enteredId: number
  readonly enteredAt: number
  retryCount = 0
  token: string | undefined
  constructor(scope: Scope, name: string, state: State, input: Json, enteredId: number) {
    this.scope = scope
    this.name = name
    this.type = state.Type
    this.input = input
    this.enteredId = enteredId
    this.enteredAt = scope.flow.clock.now()
    const inJsonata = (state.QueryLanguage ?? scope.flow.queryLanguage) === 'JSONata'
    this.language = inJsonata
      ? new Jsonata(this)
      : new JsonPath(this, 'InputPath' in state ? state.InputPath : undefined)
  }

  event(type: string, details?: Readonly<Record<string, unknown>>): number {
    return this.scope.flow.history.add(this.scope.thread, type, details)
  }

  context(map = this.scope.map): JsonObject {
    const retries = ['Task', 'Map', 'Parallel'].includes(this.type) ? { RetryCount: this.retryCount } : {}
    return {
      ...this.scope.flow.context,
      State: { Name: this.name, EnteredTime: new Date(this.enteredAt).toISOString(), ...retries },
      ...(map && { Map: map }),
      ...(this.token !== undefined && { Task: { Token: this.token } }),
    }
  }

  variables(): Record<string, Json> {
    const all: Record<string, Json> = {}
    for (const name in this.scope.variables) {
      const value = this.scope.variables[name] // outer variables are inherited
      if (value !== undefined) all[name] = value
    }
    return all
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

  /** Throws States.DataLimitExceeded for a value above 256 KiB; `of` is what AWS names in the cause. */
  limited(value: Json, of = this.name): Json {
    if (Buffer.byteLength(JSON.stringify(value)) <= longestPayloadBytes) return value
    throw new StateError(
      'States.DataLimitExceeded',
      `The state/task '${of}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    )
  }
}
