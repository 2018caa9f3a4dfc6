import type { ChoiceRule, MapState, Template, WaitState } from '../definition.ts'
import { kinds } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Entry, Exit, Language, Seen, Sight, Value } from '../language.ts'
import { holds } from './choice/holds.ts'
import { delayMs } from './delay.ts'
import { parsePath } from './path/parse-path.ts'
import { readIfPresent } from './path/read-path.ts'
import { readField, readOr, rootsOf } from './paths.ts'
import { dynamic, payloadOf } from './payload-template.ts'
import { placed } from './result-path.ts'
import { selected } from './selected.ts'

const shown = (value: Json) => (kinds.string.is(value) ? value : JSON.stringify(value))

/** JSONPath: fields that are paths, and `.$` fields in templates. */
export class JsonPath implements Language {
  readonly #sight: Sight
  readonly #inputPath: string | null | undefined
  constructor(sight: Sight, inputPath: string | null | undefined) {
    this.#sight = sight
    this.#inputPath = inputPath
  }

  /** What `$` is before there is a result. */
  get #input(): Json {
    return selected(this.#sight, this.#inputPath, this.#sight.input)
  }

  #roots(map?: JsonObject) {
    return rootsOf(this.#sight, this.#input, map)
  }

  refusal(message: string) {
    return this.#sight.failure('States.Runtime', message)
  }

  async given({ Parameters }: Entry): Promise<Json> {
    return Parameters === undefined ? this.#input : this.fill(Parameters)
  }

  async fill(template: Template, _field?: string, { map }: Seen = {}): Promise<Json> {
    return payloadOf(this.#sight, template, this.#roots(map))
  }

  async number(kind: 'integer' | 'float', { field, literal, path }: Value): Promise<number | undefined> {
    if (path === undefined) return literal === undefined ? undefined : Number(literal)
    const value = readField(this.#sight, path, this.#roots())
    const number = kinds.string.is(value) && value.trim() !== '' ? Number(value) : value
    if (kinds.number.is(number) && (kind === 'float' ? Number.isFinite(number) : Number.isInteger(number)))
      return number
    throw this.refusal(`The ${field}Path field refers to value "${shown(value)}" which is not a valid ${kind}: ${path}`)
  }

  async text({ field, literal, path }: Value): Promise<string | undefined> {
    if (path === undefined) return literal === undefined ? undefined : shown(literal)
    const value = dynamic(this.#sight, path, `${field}Path`, this.#roots())
    if (kinds.string.is(value)) return value
    throw this.refusal(`The ${field}Path field must refer to a string but was: ${path} == ${shown(value)}`)
  }

  async items({ ItemsPath = '$' }: MapState): Promise<readonly Json[]> {
    const items = readField(this.#sight, ItemsPath, this.#roots())
    if (kinds.array.is(items)) return items
    throw this.refusal(`Reference path "${ItemsPath}" must point to array.`)
  }

  async holds(rule: ChoiceRule): Promise<boolean> {
    const roots = this.#roots()
    const invalid = "The choice state's condition path references an invalid value."
    return holds(rule, {
      value: (path) => readOr(path, roots, () => this.refusal(`Invalid path '${path}': ${invalid}`)),
      present: (path) => readIfPresent(parsePath(path), roots) !== undefined,
    })
  }

  async delayMs(state: WaitState, now: number): Promise<number> {
    return delayMs(this.#sight, state, this.#roots(), now)
  }

  async exit(exit: Exit, result: Json): Promise<{ assigned: JsonObject; output: Json }> {
    const { ResultSelector = null, Assign = {}, ResultPath, OutputPath } = exit
    const of = (template: Json, value: Json) => payloadOf(this.#sight, template, rootsOf(this.#sight, value))
    const chosen = ResultSelector === null ? result : of(ResultSelector, result)
    const assigned = of(Assign, chosen)
    const output = selected(this.#sight, OutputPath, placed(this.#sight, ResultPath, chosen))
    return { assigned: kinds.object.is(assigned) ? assigned : {}, output }
  }
}
