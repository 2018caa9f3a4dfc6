import type { Value } from '../value.ts'
import type { Compile, Compiled } from './compiled.ts'
import { unary } from './compiled.ts'
import type { Node } from './node.ts'
import { widened } from './numbers.ts'

const never: Compiled = () => null

/** and, or: what decides alone decides, else null makes null. */
const logical =
  (decides: boolean): Compile =>
  (_, [first = never, second = never]) =>
  (row) => {
    const a = first(row)
    if (a === decides) return decides
    const b = second(row)
    if (b === decides) return decides
    return a === null || b === null ? null : !decides
  }

const numbers = new Set(['long', 'decimal', 'double'])

/** An argument as a value of the type that the choice has. */
const chosen = (argument: Compiled, from: Node | undefined, to: Node): Compiled => {
  if (!from || !numbers.has(to.type) || (from.type === to.type && from.scale === to.scale)) return argument
  const convert = widened(from, to)
  return (row): Value => {
    const value = argument(row)
    return value === null ? null : convert(value)
  }
}

const choose: Compile = (node, [condition = never, first = never, second = never]) => {
  const x = chosen(first, node.args[1], node)
  const y = chosen(second, node.args[2], node)
  return (row) => (condition(row) === true ? x(row) : y(row))
}

const orElse: Compile = (node, [first = never, second = never]) => {
  const x = chosen(first, node.args[0], node)
  const y = chosen(second, node.args[1], node)
  return (row) => x(row) ?? y(row)
}

export const logicalOperators = {
  and: logical(false),
  or: logical(true),
  not: unary(() => (a) => !a),
  missing:
    (_, [argument = never]) =>
    (row) =>
      argument(row) === null,
  choose,
  or_else: orElse,
} as const satisfies Record<string, Compile>
