import type { Value, Values } from '../value.ts'
import type { OperatorNode } from './node.ts'

/** A tree as a closure. */
export type Compiled = (row: Values) => Value

/** Any Value but null; arguments have the kinds that their nodes say. */
export type Given = NonNullable<Value>

/** Makes an operator's closure from those of its arguments. */
export type Compile = (node: OperatorNode, args: readonly Compiled[]) => Compiled

const missing: Compiled = () => null

/** An operator of one argument that makes null of null. */
export const unary =
  (of: (node: OperatorNode) => (x: Given) => Value): Compile =>
  (node, [argument = missing]) => {
    const result = of(node)
    return (row) => {
      const x = argument(row)
      return x === null ? null : result(x)
    }
  }

const withConstant =
  (first: Compiled, result: (x: Given, y: Given) => Value, y: Value): Compiled =>
  (row) => {
    const x = first(row)
    return x === null || y === null ? null : result(x, y)
  }

/** An operator of two arguments that makes null if either is null. */
export const binary =
  (of: (node: OperatorNode) => (x: Given, y: Given) => Value): Compile =>
  (node, [first = missing, second = missing]) => {
    const result = of(node)
    if (node.args[1]?.op === 'literal') return withConstant(first, result, second({}))
    return (row) => {
      const x = first(row)
      if (x === null) return null
      const y = second(row)
      return y === null ? null : result(x, y)
    }
  }
