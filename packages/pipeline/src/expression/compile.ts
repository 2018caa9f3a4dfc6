import { arithmeticOperators } from './arithmetic.ts'
import { comparisonOperators } from './comparison.ts'
import type { Compile, Compiled } from './compiled.ts'
import { logicalOperators } from './logic.ts'
import type { ColumnNode, Node, Operator } from './node.ts'
import { textOperators } from './text.ts'
import { timeOperators } from './time.ts'
import { valueOf } from './literal.ts'
import { doubleOrNull } from './numbers.ts'

/** Thrown for a tree that this code cannot run, above all one whose operator is not known here: the contract is newer. */
export class UnknownOperator extends Error {
  override readonly name = 'UnknownOperator'
}

const compilers: Readonly<Record<Operator, Compile>> = {
  ...arithmeticOperators,
  ...comparisonOperators,
  ...logicalOperators,
  ...textOperators,
  ...timeOperators,
}

/** A column that the row lacks is null, and so is a double that is not finite. */
const column = ({ name, type }: ColumnNode): Compiled => {
  if (type !== 'double') return (row) => row[name] ?? null
  return (row) => {
    const value = row[name]
    return typeof value === 'number' ? doubleOrNull(value) : null
  }
}

/** A tree as a closure. */
export const compile = (node: Node): Compiled => {
  if (node.op === 'column') return column(node)
  if (node.op === 'literal') {
    const value = valueOf(node) ?? null
    return () => value
  }
  const compiler = Object.hasOwn(compilers, node.op) ? compilers[node.op] : undefined
  if (!compiler) throw new UnknownOperator(`${node.op} of ${node.args.length}`)
  return compiler(node, node.args.map(compile))
}
