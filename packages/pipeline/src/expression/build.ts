import type { Duration } from '../duration.ts'
import { durationMs, isDuration } from '../duration.ts'
import type { Type } from '../value.ts'
import { literal } from './literal.ts'
import type { Node, Operator } from './node.ts'
import { typeOf } from './signature.ts'

type Operand = Builder | number | bigint | string | boolean

/** What stands behind the typed interfaces of expression.ts: one class that has every operator and records the tree. */
class Builder {
  readonly node: Node

  constructor(node: Node) {
    this.node = node
  }

  plus = (x: Operand) => this.#apply('plus', x)
  minus = (x: Operand) => this.#apply('minus', x)
  times = (x: Operand) => this.#apply('times', x)
  per = (x: Operand) => this.#apply('per', x)
  absolute = () => this.#apply('absolute')
  floor = () => this.#apply('floor')
  clamp = (min: Operand, max: Operand) => this.#apply('clamp', min, max)
  bucket = (edges: readonly Operand[]) => this.#apply('bucket', ...edges)
  log = () => this.#apply('log')
  squareRoot = () => this.#apply('square_root')

  above = (x: Operand) => this.#apply('above', x)
  below = (x: Operand) => this.#apply('below', x)
  atLeast = (x: Operand) => this.below(x).not()
  atMost = (x: Operand) => this.above(x).not()
  is = (x: Operand) => this.#apply('is', x)
  oneOf = (values: readonly Operand[]) => this.#apply('one_of', ...values)
  missing = () => this.#apply('missing')
  and = (x: Operand) => this.#apply('and', x)
  or = (x: Operand) => this.#apply('or', x)
  not = () => this.#apply('not')
  choose = (x: Operand, y: Operand) => {
    const beside = x instanceof Builder ? x : y
    const [a, b] = [x, y].map((choice) => nodeOf(choice, beside instanceof Builder ? beside.node : untyped))
    return this.#record('choose', [this.node, ...(a && b ? [a, b] : [])])
  }
  orElse = (x: Operand) => this.#apply('or_else', x)

  length = () => this.#apply('length')
  concat = (...parts: readonly Operand[]) => this.#apply('concat', ...parts)

  isAfter = (x: Operand) => this.above(x)
  isBefore = (x: Operand) => this.below(x)
  hour = () => this.#apply('hour')
  weekday = () => this.#apply('weekday')
  day = () => this.#apply('day')
  month = () => this.#apply('month')
  year = () => this.#apply('year')
  date = () => this.#apply('date')
  midnight = () => this.#apply('midnight')
  minutesSince = (x: Operand) => this.#apply('minutes_since', x)
  daysSince = (x: Operand) => this.#apply('days_since', x)
  after = (length: Duration) => this.#apply('after', millisecondsOf(length, 1))
  before = (length: Duration) => this.#apply('after', millisecondsOf(length, -1))
  afterMinutes = (minutes: Operand) => this.#apply('after_minutes', minutes)
  afterDays = (days: Operand) => this.#apply('after_days', days)

  #apply(op: Operator, ...operands: readonly Operand[]): Builder {
    return this.#record(op, [this.node, ...operands.map((x) => nodeOf(x, this.node))])
  }

  /** An operator that does not take these arguments is recorded as it is: definePipeline lists it with its path. */
  #record(op: Operator, args: readonly Node[]): Builder {
    return new Builder({ op, ...(typeOf(op, args) ?? { type: this.node.type }), args })
  }
}

const untyped: Type = { type: 'string' }
const nodeOf = (x: Operand, beside: Type): Node => (x instanceof Builder ? x.node : literal(x, beside))

/** What is no duration is recorded as it is: definePipeline says so. */
const millisecondsOf = (length: Duration, sign: 1 | -1): Operand =>
  isDuration(length) ? sign * durationMs(length) : new Builder(literal(String(length), untyped))

/** Stands where there is none. */
export const noExpression = { node: literal('', untyped) }

/** The expression that reads a source column. */
export const readColumn = (name: string, type: Type) => new Builder({ op: 'column', ...type, name })
