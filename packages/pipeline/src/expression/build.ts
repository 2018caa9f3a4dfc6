import type { Duration } from '../duration.ts'
import { durationMs } from '../duration.ts'
import type { Kind } from '../value.ts'
import { fitsInt } from './fit.ts'
import type { Node, Operator } from './node.ts'

type Operand = Builder | number | string

/** What stands behind the typed interfaces of expression.ts: one class that has every operator and records the tree. */
class Builder {
  readonly node: Node

  constructor(node: Node) {
    this.node = node
  }

  plus = (x: Operand) => this.#arithmetic('plus', x)
  minus = (x: Operand) => this.#arithmetic('minus', x)
  times = (x: Operand) => this.#arithmetic('times', x)
  per = (x: Operand) => this.#apply('per', 'double', x)
  above = (x: Operand) => this.#apply('above', 'boolean', x)
  below = (x: Operand) => this.#apply('below', 'boolean', x)
  is = (x: string) => this.#apply('is', 'boolean', x)
  and = (x: Builder) => this.#apply('and', 'boolean', x)
  or = (x: Builder) => this.#apply('or', 'boolean', x)
  not = () => this.#apply('not', 'boolean')
  floor = () => this.#apply('floor', this.node.type === 'double' ? 'int' : this.node.type)
  hour = () => this.#apply('hour', 'int')
  weekday = () => this.#apply('weekday', 'int')
  after = (length: Duration) => this.#apply('after', 'timestamp', durationMs(length))
  before = (length: Duration) => this.#apply('before', 'timestamp', durationMs(length))
  afterMinutes = (minutes: Builder) => this.#apply('after_minutes', 'timestamp', minutes)

  #arithmetic(op: Operator, x: Operand): Builder {
    const kinds = [this.node.type, nodeOf(x).type]
    return this.#apply(op, kinds.includes('double') ? 'double' : kinds.includes('long') ? 'long' : 'int', x)
  }

  #apply(op: Operator, type: Kind, ...operands: Operand[]): Builder {
    return new Builder({ op, type, args: [this.node, ...operands.map(nodeOf)] })
  }
}

const nodeOf = (x: Operand): Node => {
  if (x instanceof Builder) return x.node
  if (typeof x === 'string') return { op: 'literal', type: 'string', value: x }
  return { op: 'literal', type: fitsInt(x) ? 'int' : 'double', value: x }
}

/** The expression that reads a source column. */
export const readColumn = (name: string, type: Kind) => new Builder({ op: 'column', type, name })
