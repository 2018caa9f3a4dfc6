import type { ChoiceRule, MapState, Template, WaitState } from '../definition.ts'
import { parseTime } from '../iso-time.ts'
import { kinds } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Entry, Exit, Language, Seen, Sight, Value } from '../language.ts'
import { fill, fillAs, fillMembers, TemplateError } from './template.ts'

/** JSONata: every `{% … %}` in a field is an expression. */
export class Jsonata implements Language {
  readonly #sight: Sight
  constructor(sight: Sight) {
    this.#sight = sight
  }

  #variables({ map, result, errorOutput }: Seen = {}) {
    const { input } = this.#sight
    const states = {
      input,
      context: this.#sight.context(map),
      ...(result !== undefined && { result }),
      ...(errorOutput !== undefined && { errorOutput }),
    }
    return { ...this.#sight.variables(), states }
  }

  async #reported<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw error instanceof TemplateError ? this.refusal(error.message, error.field) : error
    }
  }

  refusal(message: string, field: string) {
    return this.#sight.evaluationFailure(message, field)
  }

  async given({ Arguments }: Entry): Promise<Json> {
    return Arguments === undefined ? this.#sight.input : this.fill(Arguments, 'Arguments')
  }

  fill(template: Template, field: string, seen?: Seen): Promise<Json> {
    return this.#reported(fill(template, field, this.#variables(seen)))
  }

  async number(kind: 'integer' | 'float', { field, literal }: Value): Promise<number | undefined> {
    if (literal === undefined) return undefined
    const value = await this.#reported(fillAs(kinds.number, literal, field, this.#variables()))
    if (kind === 'float' || Number.isInteger(value)) return value
    throw this.refusal(`The ${field} field must be an integer but was: ${value}`, field)
  }

  async text({ field, literal }: Value): Promise<string | undefined> {
    return literal === undefined ? undefined : this.#reported(fillAs(kinds.string, literal, field, this.#variables()))
  }

  async items({ Items }: MapState): Promise<readonly Json[]> {
    const { input } = this.#sight
    if (Items !== undefined) return this.#reported(fillAs(kinds.array, Items, 'Items', this.#variables()))
    if (kinds.array.is(input)) return input
    throw this.refusal(`Map state input must be an array but was: ${JSON.stringify(input)}`, 'Items')
  }

  holds({ Condition = false }: ChoiceRule, index: number): Promise<boolean> {
    const field = `Choices[${index}]/Condition`
    return this.#reported(fillAs(kinds.boolean, Condition, field, this.#variables()))
  }

  async delayMs({ Seconds, Timestamp }: WaitState, now: number): Promise<number> {
    const seconds = await this.number('float', { field: 'Seconds', literal: Seconds, path: undefined })
    if (seconds !== undefined) {
      if (Number.isInteger(seconds) && seconds >= 0) return seconds * 1000
      throw this.refusal(`The Seconds field must be a non-negative integer but was: ${seconds}`, 'Seconds')
    }
    const text = (await this.text({ field: 'Timestamp', literal: Timestamp, path: undefined })) ?? ''
    const time = parseTime(text)
    if (time !== undefined) return Math.max(0, time - now)
    const problem = 'cannot be parsed as an ISO-8601 extended offset date-time format string'
    throw this.refusal(`The Timestamp field ${problem}: ${text}`, 'Timestamp')
  }

  async exit({ Assign = {}, Output }: Exit, result: Json, seen: Seen): Promise<{ assigned: JsonObject; output: Json }> {
    const assigned = await this.#reported(fillMembers(Assign, 'Assign', this.#variables(seen)))
    return { assigned, output: Output === undefined ? result : await this.fill(Output, 'Output', seen) }
  }
}
