import { compile } from './compile.ts'
import { decimalDigits } from './decimal.ts'
import { extentOf, largest } from './extent.ts'
import { valueOf } from './literal.ts'
import type { Node, Operator, OperatorNode } from './node.ts'
import { widened } from './numbers.ts'
import { typeOf } from './signature.ts'

const shown = ({ type, scale = 0 }: Node) => (type === 'decimal' ? `decimal(${decimalDigits},${scale})` : type)

const holds = (op: Operator, ...args: readonly Node[]) => compile({ op, type: 'boolean', args })({}) === true

const ascend = (constants: readonly Node[], equals: boolean) =>
  constants.every((constant, at) => {
    const before = constants[at - 1]
    return !before || holds('above', constant, before) || (equals && holds('is', constant, before))
  })

const fits = (constant: Node, { type, scale }: OperatorNode) => {
  const value = compile(constant)({})
  return value !== null && widened(constant, scale === undefined ? { type } : { type, scale })(value) !== null
}

const operatorProblems = (node: OperatorNode): string[] => {
  const { op, args } = node
  if (op === 'after' && args[1]?.op === 'literal' && args[1].type === 'string')
    return [`'${args[1].value}' is no duration`]
  const kinds = args.map(shown).join(', ')
  const type = typeOf(op, args)
  if (!type) return [`${op} does not take ${kinds}`]
  if (type.type !== node.type || type.scale !== node.scale) return [`${op} of ${kinds} is no ${shown(node)}`]
  if ((type.scale ?? 0) > decimalDigits)
    return [`${op} of ${kinds} has more than ${decimalDigits} digits after the point`]
  if (op === 'bucket' && !ascend(args.slice(1), false)) return ['the edges of a bucket must ascend']
  if (op === 'clamp' && !ascend(args.slice(1), true)) return ['the min of clamp is above its max']
  if (op === 'clamp' && !args.slice(1).every((bound) => fits(bound, node)))
    return [`a bound of clamp is no ${shown(node)}`]
  return []
}

const innermost = (node: Node): string[] => {
  if (node.op === 'column') return []
  if (node.op === 'literal') return valueOf(node) === undefined ? [`'${node.value}' is no ${shown(node)}`] : []
  const inner = node.args.flatMap(innermost)
  return inner.length > 0 ? inner : operatorProblems(node)
}

/** Why an engine could not run a tree, and nothing of what follows from it. */
export const treeProblems = (node: Node): string[] => {
  const { operators, depth } = extentOf(node)
  if (depth > largest.depth) return [`nests ${depth} operators, and ${largest.depth} are the most`]
  if (operators > largest.operators) return [`has ${operators} operators, and ${largest.operators} are the most`]
  return innermost(node)
}
