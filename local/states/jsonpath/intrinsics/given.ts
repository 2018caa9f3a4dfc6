import { kindOf, kinds } from '../../json.ts'
import type { Json, Kind } from '../../json.ts'

/** An intrinsic function that cannot be applied to its arguments. */
export class IntrinsicProblem extends Error {
  override readonly name = 'IntrinsicProblem'
}

/** The arguments of one call, taken one by one as what they must be. Throws IntrinsicProblem. */
export class Given {
  readonly #values: readonly Json[]
  #taken = 0
  constructor(values: readonly Json[]) {
    this.#values = values
  }

  /** How many are not taken yet. */
  get left(): number {
    return this.#values.length - this.#taken
  }

  any(): Json {
    const value = this.#values[this.#taken]
    if (value === undefined) throw new IntrinsicProblem(`Argument ${this.#taken + 1} is missing`)
    this.#taken++
    return value
  }

  #as<T extends Json>({ name, is }: Kind<T>): T {
    const value = this.any()
    if (is(value)) return value
    throw new IntrinsicProblem(`Argument ${this.#taken} must be of type ${name}, but was ${kindOf(value)}`)
  }

  array = (): readonly Json[] => this.#as(kinds.array)
  object = () => this.#as(kinds.object)
  boolean = () => this.#as(kinds.boolean)
  string = () => this.#as(kinds.string)
  number = () => this.#as(kinds.number)

  /** Rounded to the nearest integer, halves up, as Java's Math.round does. */
  integer = () => Math.round(this.#as(kinds.number))

  /** Data that may have at most 10,000 characters. */
  shortText(): string {
    const text = this.string()
    if (text.length <= 10_000) return text
    throw new IntrinsicProblem(`Argument ${this.#taken} has more than 10000 characters`)
  }

  rest = (): Json[] => Array.from({ length: this.left }, () => this.any())
}

/** An intrinsic function, without its arity checked: the caller looks whether arguments are left over. */
export type Intrinsic = (given: Given) => Json
export type Intrinsics = Readonly<Record<string, Intrinsic>>
