import type { Value, Values } from '../value.ts'
import type { Node } from './node.ts'
import { binary, unary } from './operators.ts'

export type Compiled = (row: Values) => Value

/** Thrown for a tree whose operator is not known here: the contract is newer than the code. */
export class UnknownOperator extends Error {
  override readonly name = 'UnknownOperator'
}

const strict = (node: Exclude<Node, { op: 'column' | 'literal' }>, [first, second]: readonly Compiled[]): Compiled => {
  const one = unary(node.op, node.type)
  if (one && first && !second) {
    return (row) => {
      const a = first(row)
      return a === null ? null : one(a)
    }
  }
  const kinds = node.args.map(({ type }) => type)
  const two = binary(node.op, node.type, kinds)
  if (!two || !first || !second) throw new UnknownOperator(`${node.op} of ${node.args.length}`)
  return (row) => {
    const a = first(row)
    const b = second(row)
    return a === null || b === null ? null : two(a, b)
  }
}

/** and, or: what decides alone decides, else null makes null. */
const logical =
  (decides: boolean, [first, second]: readonly Compiled[]): Compiled =>
  (row) => {
    const a = first?.(row) ?? null
    if (a === decides) return decides
    const b = second?.(row) ?? null
    if (b === decides) return decides
    return a === null || b === null ? null : !decides
  }

/** A tree as a closure. A column that the row lacks is null. */
export const compile = (node: Node): Compiled => {
  if (node.op === 'column') {
    const { name } = node
    return (row) => row[name] ?? null
  }
  if (node.op === 'literal') return () => node.value
  const args = node.args.map(compile)
  if (node.op === 'and') return logical(false, args)
  return node.op === 'or' ? logical(true, args) : strict(node, args)
}
